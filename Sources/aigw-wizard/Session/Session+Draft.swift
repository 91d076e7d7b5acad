import Glibc
import Terminal
import Wizard

/// The draft of a session: kept with every batch of keys, synced when typing rests.
extension Session {
  /// Brings the draft up to date; where nothing is unsaved, there is none, as soon as typing rests:
  /// to make one takes longer than a key should. A failure is said once and tried again when typing
  /// rests.
  mutating func keep(trying: Bool = false) {
    guard wizard.workspace.isDirty || (draft.name != nil && !wizard.isSettled) else {
      draft.remove()
      drafted = nil
      return
    }
    if hasFailed, !trying { return }
    do throws(Failure) {
      try draft.keep(journal, for: wizard.workspace.title)
      hasFailed = false
      if drafted != Clock.minute {
        drafted = Clock.minute
        _ = handle(.drafted(Clock.timeOfDay))
      }
    } catch {
      fail(error)
    }
  }

  mutating func fail(_ failure: Failure) {
    if hasFailed { return }
    hasFailed = true
    drafted = nil
    _ = handle(.drafted(nil))
    notify("no draft is kept, save soon: \(failure.message)")
  }

  /// Has the disk take the draft, with a checkpoint of the files.
  mutating func sync() {
    let wasFailing = hasFailed
    do throws(Failure) {
      draft.look()
      if wizard.workspace.isDirty {
        draft.rename(after: wizard.workspace.title)
        _ = journal.redact(knowing: wizard.workspace.credentials)
        journal.noteEdits(wizard.workspace.history.position.done)
        noteCheckpoint()
      }
      keep(trying: true)
      try draft.sync()
    } catch {
      fail(error)
    }
    if hasFailed != wasFailing { show() }
  }

  /// Notes the files as they would be saved; where that takes long, seldom.
  mutating func noteCheckpoint() {
    guard Clock.milliseconds >= nextCheckpoint else { return }
    let start = Clock.milliseconds
    journal.noteCheckpoint(wizard.workspace.draftFiles)
    nextCheckpoint = Clock.milliseconds + 20 * (Clock.milliseconds - start)
  }

  /// Whether to stay because the draft cannot be kept; asked again, it leaves all the same.
  mutating func refuses() -> Bool {
    if hasRefused { return false }
    sync()
    guard hasFailed else { return false }
    hasRefused = true
    notify("no draft is kept: save, or leave again to lose the changes")
    return true
  }

  /// Says so where another session has the same file, or one left a draft of it.
  mutating func meetOthers(atStart: Bool) {
    let claims = wizard.workspace.claims
    if let other = claim.follow(claims) {
      notify("process \(other.process) also has \(other.path) open; each keeps its own draft")
      show()
    }
    if atStart, wizard.workspace.output.path != nil || !wizard.workspace.files.isEmpty,
      let draft = Drafts.leftBehind(of: claims, but: draft.name)
    {
      _ = handle(.leftBehind(Drafts.note(of: draft)))
      show()
    }
  }

  /// Goes on with a draft in the place of this session.
  mutating func recover(_ name: String) {
    do throws(Failure) {
      take(try Recover.take(name), hasMouse: wizard.hasMouse)
    } catch { notify(error.message) }
  }

  /// Takes a draft up; relative paths start from its folder again.
  mutating func take(_ taken: Recover.Taken, hasMouse: Bool) {
    wizard = taken.recovery.wizard
    journal = taken.recovery.journal
    draft = taken.draft
    _ = handle(.recovered(terminal.size, hasMouse: hasMouse))
    let folder = taken.recovery.head.folder
    if folder != Files.workingFolder {
      if chdir(folder) == 0 { self.folder = folder }
      notify(
        self.folder == nil
          ? "draft resumed, but \(folder) is gone: files are written here"
          : "draft resumed in \(folder); it is not saved yet")
    }
    if taken.recovery.isRedacted {
      notify("type the credential at *** again: drafts keep none")
    }
    if let line = taken.recovery.brokenLine {
      notify("the draft is damaged from line \(line) on: only the part before it was restored")
    }
  }
}
