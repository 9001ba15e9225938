//! A program and all that it starts, ended together.

use std::io;
use std::process::{Child, Command, ExitStatus};

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

/// Whether a program has ended. It is not taken off the system's list: so its number, which is
/// the group's too, is given to nobody else before [`end`].
#[cfg(unix)]
pub(super) fn has_ended(child: &mut Child) -> io::Result<bool> {
    use rustix::process::{WaitId, WaitIdOptions, waitid};
    let Some(leader) = number(child) else { return Ok(false) };
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    Ok(waitid(WaitId::Pid(leader), options)?.is_some())
}

/// Whether a program has ended.
#[cfg(not(unix))]
pub(super) fn has_ended(child: &mut Child) -> io::Result<bool> {
    Ok(child.try_wait()?.is_some())
}

/// Ends a program and what it has started, and says how it has ended; where the system has no
/// groups, the program alone.
pub(super) fn end(child: &mut Child) -> io::Result<ExitStatus> {
    // What has ended already is no fault.
    #[cfg(unix)]
    if let Some(group) = number(child) {
        use rustix::process::{Signal, kill_process_group};
        kill_process_group(group, Signal::KILL).ok();
    }
    child.kill().ok();
    child.wait()
}

#[cfg(unix)]
fn number(child: &Child) -> Option<rustix::process::Pid> {
    i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw)
}
