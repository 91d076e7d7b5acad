import Glibc
import Wizard

/// The file of a session's journal: there as long as something is unsaved.
///
/// What is in it is always a beginning of the journal, so that a failed write is tried again where
/// it failed.
struct Draft {
  /// What it is known by; nil while there is none.
  private(set) var name: String?
  /// Whether the disk has all that the file has.
  private(set) var isSynced = true
  private var descriptor: Int32 = -1
  /// Bytes of the journal's beginning and of its events that the file has.
  private var head = 0
  private var events = 0
  /// How often credentials had been taken out of the journal that the file has.
  private var redactions = 0
  private var isFolderSynced = false

  init() {}

  /// Takes up a draft that was left behind; `events` of its bytes follow `head`, the rest is cut.
  init(name: String, descriptor: Int32, head: Int, events: Int) {
    self.name = name
    self.descriptor = descriptor
    self.head = head
    self.events = events
    isFolderSynced = true
    ftruncate(descriptor, off_t(head + events))
  }

  /// Brings the file up to date; makes it where there is none, called after `title`.
  mutating func keep(_ journal: SessionJournal, for title: String) throws(Failure) {
    if name != nil, redactions != journal.redactions {
      try replace(with: journal, for: title)
      return
    }
    if name != nil, events == journal.events.count { return }
    isSynced = false
    guard name != nil else {
      try make(journal, for: title)
      return
    }
    while events < journal.events.count {
      let count = journal.events.withUnsafeBytes { bytes in
        pwrite(
          descriptor, bytes.baseAddress?.advanced(by: events), bytes.count - events,
          off_t(head + events))
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure
      }
      events += count
    }
  }

  private mutating func make(_ journal: SessionJournal, for title: String) throws(Failure) {
    let file = try Drafts.make(for: title)
    let beginning = journal.head(in: Files.workingFolder)
    guard Streams.write(beginning + journal.events, to: file.descriptor) else {
      let failure = failure
      unlink(Drafts.path(of: file.name))
      close(file.descriptor)
      throw failure
    }
    name = file.name
    descriptor = file.descriptor
    head = beginning.count
    events = journal.events.count
    redactions = journal.redactions
    isSynced = false
    isFolderSynced = false
  }

  /// Writes it anew under its name, so that no file has what was taken out of the journal.
  private mutating func replace(with journal: SessionJournal, for title: String) throws(Failure) {
    let old = self
    try make(journal, for: title)
    guard let name = old.name, let new = self.name else { return }
    try sync()
    guard Glibc.rename(Drafts.path(of: new), Drafts.path(of: name)) == 0 else { throw failure }
    close(old.descriptor)
    self.name = name
    isFolderSynced = false
    try sync()
  }

  /// Calls it after `title`, where it is called after something else; where that cannot be, it keeps
  /// its name.
  mutating func rename(after title: String) {
    guard let name, !Drafts.isName(name, of: title), let other = try? Drafts.make(for: title) else {
      return
    }
    // The empty file that was made keeps the name from others until ours takes its place.
    if Glibc.rename(Drafts.path(of: name), Drafts.path(of: other.name)) == 0 {
      self.name = other.name
      isFolderSynced = false
    } else {
      unlink(Drafts.path(of: other.name))
    }
    close(other.descriptor)
  }

  private var failure: Failure {
    Failure(status: Exit.unreadable, message: Files.errorMessage(for: errno))
  }

  /// Looks whether someone removed the file: then it is to be made again.
  mutating func look() {
    var status = stat()
    if descriptor >= 0, fstat(descriptor, &status) == 0, status.st_nlink == 0 { forget() }
  }

  /// Has the disk take what the file has.
  mutating func sync() throws(Failure) {
    isSynced = true
    guard descriptor >= 0 else { return }
    if !isFolderSynced, let folder = Drafts.folder {
      Files.sync(folder)
      isFolderSynced = true
    }
    guard fdatasync(descriptor) == 0 else { throw failure }
  }

  /// Removes it: nothing is unsaved any more.
  mutating func remove() {
    isSynced = true
    guard let name else { return }
    unlink(Drafts.path(of: name))
    forget()
  }

  private mutating func forget() {
    close(descriptor)
    descriptor = -1
    name = nil
    events = 0
  }
}
