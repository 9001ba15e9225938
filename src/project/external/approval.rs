//! What a person approves before a program runs.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};

use crate::model::{Digest, Program};

/// How large a file may be to be read, in bytes; of a larger one, as a model may be, length and
/// time stand for it: it is looked at in a frame.
const MOST_READ: u64 = 16 << 20;

/// How much is read at once.
const BLOCK: usize = 1 << 16;

/// What is approved, as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approval {
    /// A digest of all of it.
    pub digest: String,
    /// Whether it may be remembered. Not where a file cannot be read, and so may change unseen.
    pub is_lasting: bool,
}

/// What a person approves: the project's folder, the command, and what is in the files of the
/// project that the command names, by themselves or after a `=`, since they come with the
/// project. Anything else is asked anew.
#[must_use]
pub fn approval_of(root: &Path, program: &Program) -> Approval {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut parts = Parts::default();
    parts.push(b'r', root.as_os_str().as_encoded_bytes());
    parts.push(b'n', program.name.as_bytes());
    let mut is_lasting = true;
    for word in &program.command {
        parts.push(b'w', word.as_bytes());
        let value = word.split_once('=').map(|(_, value)| value);
        for name in [Some(&**word), value].into_iter().flatten() {
            match content(&root, name) {
                Ok(None) => {}
                Ok(Some(Content::Read(digest))) => parts.push(b'f', &digest),
                Ok(Some(Content::Large(length_and_time))) => parts.push(b'l', &length_and_time),
                Err(_) => {
                    is_lasting = false;
                    parts.push(b'u', name.as_bytes());
                }
            }
        }
    }
    Approval { digest: Digest::of(&parts.0).to_string(), is_lasting }
}

/// What a digest is made of. A letter and a length in front of each part keep a file apart from
/// a word, and ("ab", "c") from ("a", "bc").
#[derive(Default)]
struct Parts(Vec<u8>);

impl Parts {
    fn push(&mut self, kind: u8, part: &[u8]) {
        self.0.push(kind);
        self.0.extend((part.len() as u64).to_le_bytes());
        self.0.extend_from_slice(part);
    }
}

/// What stands for what is in a file.
enum Content {
    Read(Vec<u8>),
    Large(Vec<u8>),
}

/// What is in a file of the project; none if nothing there is called so.
fn content(root: &Path, name: &str) -> io::Result<Option<Content>> {
    let path = root.join(name);
    // Or a link that leads nowhere yet.
    let is_there = |error: &io::Error| {
        path.starts_with(root)
            && (error.kind() == ErrorKind::PermissionDenied
                || fs::symlink_metadata(&path).is_ok())
    };
    let metadata = match fs::metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if is_there(&error) => return Err(error),
        // A word that is no file's name.
        Err(_) => return Ok(None),
    };
    // Not a pipe or a device, which may never end.
    if !metadata.is_file() || !path.canonicalize()?.starts_with(root) {
        return Ok(None);
    }
    if metadata.len() > MOST_READ {
        let since = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let mut bytes = metadata.len().to_le_bytes().to_vec();
        bytes.extend(since.as_nanos().to_le_bytes());
        return Ok(Some(Content::Large(bytes)));
    }
    let mut file = File::open(&path)?;
    let (mut hash, mut block) = (Sha256::new(), vec![0; BLOCK]);
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok(Some(Content::Read(hash.finalize().to_vec()))),
            Ok(len) => hash.update(block.get(..len).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
