//! The journal of one desk: segments, each appended to and then left.
//!
//! A transaction's line is its commit. Lines are numbered without gaps; a number that is
//! missing or torn ends what counts, since what follows it was never acknowledged. After a
//! checkpoint a new segment says up to where the files are, and older ones go.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Error;
use super::disk::{self, Appender, Disk, SyncSite};
use super::record::{Record, SegmentHead, read_record, read_segment_head, write_segment_head};
use super::state::Desk;
use crate::lang::Message;
use crate::model::{Place, Problem, Severity};

/// What the journal of a desk holds beyond the files.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// Whose it is, as its segments say; none if there is no segment that can be read.
    pub desk: Option<Desk>,
    /// The lines that count, in order, as they stand in the journal.
    pub records: Vec<(Record, String)>,
    /// The last number that was given.
    pub last: u64,
    /// The segments, oldest first.
    pub segments: Vec<PathBuf>,
    /// The number of the next segment.
    pub next: u64,
    /// Segments in which something that was acknowledged cannot be read.
    pub damaged: Vec<PathBuf>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

struct Segment {
    path: PathBuf,
    head: SegmentHead,
    lines: Vec<(Record, String)>,
}

/// Reads the journal of a desk, of which nothing need be there.
///
/// # Errors
///
/// If it cannot be read, or a later version of the program wrote it.
pub(super) fn read_tail(disk: &dyn Disk, desk: &Path) -> Result<Tail, Error> {
    let mut tail = Tail { next: 1, ..Tail::default() };
    let mut segments = Vec::new();
    for file in disk::list_if_there(disk, desk).map_err(|error| Error::io(desk, error))? {
        let Some(number) = number_of(&file.name) else { continue };
        let path = desk.join(&file.name);
        tail.next = tail.next.max(number + 1);
        tail.segments.push(path.clone());
        // Removed in the meantime by the session that writes it: its content is in the files.
        let read = disk::read_if_there(disk, &path).map_err(|error| Error::io(&path, error))?;
        let Some(bytes) = read else { continue };
        segments.extend(read_segment(path, &bytes, &mut tail)?);
    }
    let done = segments.iter().map(|segment| segment.head.done).max().unwrap_or_default();
    // What an older segment has from where a newer one begins was never acknowledged.
    let mut end = u64::MAX;
    let mut saved = 0;
    let mut records = std::collections::BTreeMap::new();
    for segment in segments.into_iter().rev() {
        for (record, line) in segment.lines {
            saved = saved.max(record.saved);
            if record.seq > done && record.seq < end {
                records.insert(record.seq, (record, line, segment.path.clone()));
            }
        }
        end = end.min(segment.head.from);
        tail.desk = Some(segment.head.annotator);
    }
    tail.last = done;
    for (seq, (record, line, path)) in records {
        if seq != tail.last + 1 {
            // A gap: the end of what was acknowledged, unless something says otherwise.
            if saved <= tail.last {
                break;
            }
            let missing = tail.last + 1;
            tail.problems.push(problem(
                &path,
                None,
                &Message::new(
                    format!("تلفت في السجل خطوات محفوظة: من {missing} إلى {}", seq - 1),
                    format!("steps that were saved are damaged: {missing} to {}", seq - 1),
                ),
            ));
            tail.damaged.push(path);
        }
        tail.last = seq;
        tail.records.push((record, line));
    }
    Ok(tail)
}

/// Reads a segment; none if its header is torn, and so nothing in it was acknowledged.
fn read_segment(
    path: PathBuf,
    bytes: &[u8],
    tail: &mut Tail,
) -> Result<Option<Segment>, Error> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let head = match lines.next().and_then(read_segment_head) {
        Some(Ok(head)) => head,
        Some(Err(version)) => return Err(Error::Newer { path, version }),
        None => {
            if lines.any(|line| read_record(line).is_some()) {
                let message = Message::new(
                    "رأس هذا الجزء من السجل تالف، فتُرك ما فيه",
                    "this segment's header is damaged, and what follows it was left out",
                );
                tail.problems.push(problem(&path, Some(1), &message));
                tail.damaged.push(path);
            }
            return Ok(None);
        }
    };
    let mut found = Vec::new();
    for line in lines {
        let Some(record) = read_record(line) else { continue };
        found.push((record, String::from_utf8_lossy(line).into_owned()));
    }
    Ok(Some(Segment { path, head, lines: found }))
}

fn problem(path: &Path, line: Option<u64>, what: &Message) -> Problem {
    let place = Place { path: Some(path.to_owned()), line, ..Place::default() };
    Problem { severity: Severity::Error, place, what: what.clone() }
}

/// The number of a segment's file name.
fn number_of(name: &str) -> Option<u64> {
    name.strip_prefix("journal-")?.strip_suffix(".jsonl")?.parse().ok()
}

/// The journal of one desk, as its session writes it.
pub(super) struct Journal {
    disk: Arc<dyn Disk>,
    desk: PathBuf,
    next: u64,
    /// None after a sync failed: what a file descriptor says afterwards means nothing.
    file: Option<Box<dyn Appender>>,
    segments: Vec<PathBuf>,
}

impl Journal {
    /// The journal that goes on after `tail`, with no segment of its own yet.
    pub(super) fn after(disk: Arc<dyn Disk>, desk: PathBuf, tail: &Tail) -> Self {
        Self { disk, desk, next: tail.next, file: None, segments: tail.segments.clone() }
    }

    /// Whether there is a segment that can be appended to.
    pub(super) fn is_open(&self) -> bool {
        self.file.is_some()
    }

    /// Begins a segment with these lines, and returns when it is on the disk.
    ///
    /// # Errors
    ///
    /// If the disk does not take it.
    pub(super) fn start(&mut self, head: &SegmentHead, lines: &str) -> Result<(), Error> {
        self.file = None;
        let path = self.desk.join(format!("journal-{:08}.jsonl", self.next));
        self.next += 1;
        let mut file = self.disk.create(&path).map_err(|error| Error::io(&path, error))?;
        let text = write_segment_head(head) + lines;
        // The header too must be there before older segments go: should some of these come back
        // after a power cut and others not, it says that they count no more.
        let done = file
            .append(text.as_bytes())
            .and_then(|()| file.sync_data(SyncSite::JournalStart))
            .and_then(|()| {
                self.disk.sync(SyncSite::JournalName, std::slice::from_ref(&self.desk))
            })
            .and_then(|()| disk::check_place(&*file, &path));
        if let Err(error) = done {
            // What it holds is tried again elsewhere; if it cannot be removed, it counts little.
            drop(self.disk.remove(&path));
            return Err(Error::io(&path, error));
        }
        self.segments.push(path);
        self.file = Some(file);
        Ok(())
    }

    /// Appends lines and returns when they are on the disk, where the next one who opens the
    /// project looks for them.
    ///
    /// # Errors
    ///
    /// If the disk does not take them, or the segment is no longer in its place. It is not used
    /// again.
    pub(super) fn append(&mut self, lines: &str) -> Result<(), Error> {
        let Some(file) = &mut self.file else { return Err(Error::Closed) };
        let path = self.segments.last().unwrap_or(&self.desk);
        let done = file
            .append(lines.as_bytes())
            .and_then(|()| file.sync_data(SyncSite::Journal))
            .and_then(|()| disk::check_place(&**file, path));
        if done.is_err() {
            self.file = None;
        }
        done.map_err(|error| Error::io(path, error))
    }

    /// Looks whether the segment that is written is in its place.
    ///
    /// # Errors
    ///
    /// If it is not, or that cannot be told. It is not used again.
    pub(super) fn check_place(&mut self) -> Result<(), Error> {
        let (Some(file), Some(path)) = (&self.file, self.segments.last()) else {
            return Ok(());
        };
        let done = disk::check_place(&**file, path).map_err(|error| Error::io(path, error));
        if done.is_err() {
            self.file = None;
        }
        done
    }

    /// Removes all segments but the one that is written.
    ///
    /// Their removal need not reach the disk by itself: it does so with the name of the next
    /// segment, and until then the files are where these segments lead.
    ///
    /// # Errors
    ///
    /// Whatever the system says.
    pub(super) fn trim(&mut self) -> Result<(), Error> {
        let keep = usize::from(self.file.is_some());
        while self.segments.len() > keep {
            let path = self.segments.remove(0);
            match self.disk.remove(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::io(&path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AnnotatorId, DocumentId, SetKey, Timestamp};
    use crate::store::memory_disk::MemoryDisk;
    use crate::store::record::{FileKey, Stamp, write_settled};

    fn desk() -> PathBuf {
        PathBuf::from("/desk")
    }

    fn annotator() -> AnnotatorId {
        AnnotatorId::new("سارة").unwrap()
    }

    fn line(seq: u64, saved: u64) -> String {
        let key = SetKey { annotator: annotator(), document: DocumentId::from("a") };
        write_settled(Stamp { seq, saved, at: Timestamp(0) }, &FileKey::Set(key))
    }

    fn head(done: u64, from: u64) -> String {
        write_segment_head(&SegmentHead { annotator: Some(annotator()), done, from })
    }

    /// The numbers that count of these segments, and the damaged ones.
    #[track_caller]
    fn check(segments: &[String], numbers: &[u64], damaged: usize) {
        let disk = MemoryDisk::default();
        for (at, segment) in segments.iter().enumerate() {
            let path = desk().join(format!("journal-{:08}.jsonl", at + 1));
            disk.put(&path, segment.as_bytes());
        }
        let tail = read_tail(&disk, &desk()).unwrap();
        let found: Vec<_> = tail.records.iter().map(|(record, _)| record.seq).collect();
        assert_eq!(found, numbers);
        assert_eq!((tail.damaged.len(), tail.problems.len()), (damaged, damaged));
        assert_eq!(tail.next, segments.len() as u64 + 1);
        if let Some(last) = numbers.last() {
            assert_eq!(tail.last, *last);
        }
    }

    fn torn(line: &str) -> String {
        line[..line.len() / 2].to_owned() + "\n"
    }

    #[test]
    fn a_torn_tail_does_not_count() {
        let whole = head(4, 5) + &line(5, 4) + &line(6, 4);
        check(std::slice::from_ref(&whole), &[5, 6], 0);
        check(&[whole.clone() + &line(7, 6)[..20]], &[5, 6], 0);
        // Of one write, the end reached the disk and the middle did not.
        check(&[whole + &torn(&line(7, 6)) + &line(8, 6)], &[5, 6], 0);
    }

    #[test]
    fn what_was_acknowledged_and_is_torn_is_damage() {
        let text = head(4, 5) + &line(5, 4) + &torn(&line(6, 5)) + &line(7, 6);
        check(&[text], &[5, 7], 1);
    }

    #[test]
    fn a_newer_segment_says_what_older_ones_are_worth() {
        // A sync failed: what was not acknowledged is in the next segment again.
        let old = head(4, 5) + &line(5, 4) + &line(6, 5) + &torn(&line(7, 5));
        check(&[old.clone(), head(4, 6) + &line(6, 5) + &line(7, 5)], &[5, 6, 7], 0);
        // A checkpoint was made, and the old segment came back.
        check(&[old.clone(), head(6, 7)], &[], 0);
        check(&[old.clone(), head(6, 7) + &line(7, 6)], &[7], 0);
        // A torn tail of an earlier session goes on after a gap: it never counted.
        let gap = head(4, 5) + &line(5, 4) + &torn(&line(6, 4)) + &line(7, 4);
        check(&[gap, head(5, 6) + &line(6, 5)], &[6], 0);
        // The new segment was torn before anything in it was acknowledged.
        check(&[old, torn(&head(6, 7))], &[5, 6], 0);
    }

    #[test]
    fn a_damaged_header_is_told() {
        check(&[torn(&head(4, 5)) + &line(5, 4)], &[], 1);
    }

    #[test]
    fn a_later_version_is_refused() {
        let disk = MemoryDisk::default();
        let later = "{\"tawsim\":\"journal\",\"version\":2}";
        let rest = &later[1..];
        let check = crate::model::Digest::of(rest.as_bytes()).to_string();
        let text = format!("{{\"check\":\"{}\",{rest}\n", &check[..16]);
        disk.put(&desk().join("journal-00000001.jsonl"), text.as_bytes());
        assert!(matches!(read_tail(&disk, &desk()), Err(Error::Newer { version: 2, .. })));
    }
}
