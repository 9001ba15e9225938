//! A program and all that it starts, ended together.

use std::process::{Child, Command};

/// Has a program lead a group of processes of its own.
pub(super) fn lead(command: &mut Command) {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    #[cfg(not(unix))]
    let _: &mut Command = command;
}

/// Ends a program and what it has started; where the system has no groups, the program alone.
/// What has ended already is no fault.
pub(super) fn end(child: &mut Child) {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        if let Some(group) = group {
            kill_process_group(group, Signal::KILL).ok();
        }
    }
    child.kill().ok();
}
