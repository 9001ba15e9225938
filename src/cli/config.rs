//! Where a person's settings and files are.

use std::path::PathBuf;

use etcetera::BaseStrategy as _;

/// The folder of settings, recent projects and the installation's id: `TAWSIM_CONFIG_DIR`
/// where that is set, else `tawsim` in the system's folder for settings; none where the system
/// has no such folder.
#[must_use]
pub fn config_dir() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("TAWSIM_CONFIG_DIR").filter(|path| !path.is_empty())
    {
        return Some(folder.into());
    }
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("tawsim"))
}

/// The person's own folder, where a data set goes unless they say otherwise.
#[must_use]
pub fn home_dir() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.home_dir().to_owned())
}
