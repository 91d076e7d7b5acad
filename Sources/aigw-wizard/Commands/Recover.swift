import ArgumentParser
import Glibc
import Wizard

/// `aigw-wizard recover`: the drafts that were left behind.
struct Recover: Subcommand {
  static let configuration = CommandConfiguration.command(
    "recover", "[<options>] [<draft>]",
    "Lists the drafts of unsaved work, or resumes one.")

  @Argument(
    help: "The name or number of a draft.",
    completion: .custom { _, _, _ in Drafts.all().map(\.name) })
  var draft: String?
  @Flag(help: "Print the manifests of the draft, including values that are not valid yet.")
  var print = false
  @Flag(help: "Delete the draft.")
  var delete = false
  @Flag(help: "With --delete: delete every draft that no wizard has open.")
  var all = false
  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    if print || delete && !all, draft == nil {
      throw ValidationError(
        "which draft? give its name or number; \(AIGWWizard.name) recover lists them")
    }
    if print, delete { throw ValidationError("--print and --delete exclude each other") }
    if all, !delete || print || draft != nil {
      throw ValidationError("--all is for recover --delete --all")
    }
  }

  /// A recovered session, and the draft file that it continues to write.
  struct Taken {
    let recovery: Recovery
    let draft: Draft
  }

  func perform() throws(Failure) -> Int32 {
    if all { return Self.deleteAll() }
    guard let draft else { return Self.list() }
    let name = try Self.name(of: draft)
    if print { return try Self.print(name) }
    if delete { return try Self.delete(name) }
    return screen.asksInLines
      ? try LinearSession.run(recovering: name) : try Session.run(screen, recovering: name)
  }

  /// Prints one draft per line: number, name, time of the last write, edits, and the files edited.
  private static func list() -> Int32 {
    let drafts = Drafts.all()
    guard !drafts.isEmpty else {
      Streams.printMessage("no draft was left behind")
      return Exit.done
    }
    let rows = drafts.enumerated().map { index, draft in
      let summary = Drafts.summary(of: draft.name)
      return [
        "\(index + 1)", draft.name, Clock.date(draft.modified.tv_sec), summary?.description ?? "",
        description(of: draft, summary),
      ]
    }
    let widths = (0..<4).map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
    for row in rows {
      let cells = zip(row, widths + [0]).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - cell.utf8.count))
      }
      Streams.print(cells.joined(separator: "  "))
    }
    Streams.printMessage("resume one with: \(AIGWWizard.name) recover NAME (or its number)")
    return Exit.done
  }

  private static func description(of draft: Drafts.Found, _ summary: JournalSummary?) -> String {
    if let owner = draft.owner { return "open in process \(owner)" }
    do throws(Failure) {
      let head = try head(of: draft.name)
      let paths = summary?.paths ?? []
      return paths.isEmpty ? "new, in \(head.folder)" : paths.joined(separator: ", ")
    } catch { return error.message }
  }

  private static func head(of name: String) throws(Failure) -> JournalHead {
    let bytes = try bytes(of: name)
    do throws(JournalError) { return try JournalHead(bytes) } catch { throw failure(error, name) }
  }

  /// The draft of a name, or of a number in the list.
  private static func name(of wanted: String) throws(Failure) -> String {
    let drafts = Drafts.all()
    if drafts.contains(where: { $0.name == wanted }) { return wanted }
    if let number = Int(wanted), (1...max(1, drafts.count)).contains(number), !drafts.isEmpty {
      return drafts[number - 1].name
    }
    throw Failure(
      status: Exit.unreadable, message: "no draft \(wanted); \(AIGWWizard.name) recover lists them")
  }

  private static func print(_ name: String) throws(Failure) -> Int32 {
    let recovery = try replayed(name)
    if let line = recovery.brokenLine {
      Streams.printMessage(
        "\(name): line \(line) cannot be read; only the part before it is printed")
    }
    if recovery.isRedacted {
      Streams.printMessage("\(name): *** stands for what looked like a credential and is not kept")
    }
    let documents = recovery.manifests.filter { !$0.path.hasSuffix("/kustomization.yaml") }
    let text = Array(documents.map(\.bytes).joined(separator: Array("---\n".utf8)))
    return Streams.write(text, to: STDOUT_FILENO) ? Exit.done : Exit.unreadable
  }

  /// Replays a draft; prints a message if that takes longer than a second.
  private static func replayed(_ name: String) throws(Failure) -> Recovery {
    let bytes = try bytes(of: name)
    let work = BackgroundTask { () -> Result<Recovery, JournalError> in
      do throws(JournalError) {
        return .success(try Recovery(bytes, disk: FileOpener.bytes))
      } catch { return .failure(error) }
    }
    var result = work.value(within: 1000)
    if result == nil {
      Streams.printMessage("\(name): replaying its events (\(bytes.count >> 20) MiB)...")
      result = work.value(within: -1)
    }
    switch result {
    case .success(let recovery)?: return recovery
    case .failure(let error)?: throw failure(error, name)
    case nil: throw Failure(status: Exit.unreadable, message: "\(name): not read")
    }
  }

  private static func delete(_ name: String) throws(Failure) -> Int32 {
    if let owner = Drafts.all().first(where: { $0.name == name })?.owner {
      throw Failure(status: Exit.unreadable, message: "\(name) is open in process \(owner)")
    }
    guard unlink(Drafts.path(of: name)) == 0 else {
      throw Failure(status: Exit.unreadable, message: "\(name): \(Files.errorMessage(for: errno))")
    }
    Streams.printMessage("deleted \(name)")
    return Exit.done
  }

  private static func deleteAll() -> Int32 {
    var status = Exit.done
    let drafts = Drafts.all()
    let open = drafts.count { $0.owner != nil }
    if drafts.isEmpty { Streams.printMessage("no draft was left behind") }
    if open > 0 {
      Streams.printMessage("kept \(open) draft\(open == 1 ? "" : "s") that a wizard has open")
    }
    for draft in drafts where draft.owner == nil {
      do throws(Failure) { _ = try delete(draft.name) } catch {
        Streams.printMessage("aigw-wizard: \(error.message)")
        status = error.status
      }
    }
    return status
  }

  private static func bytes(of name: String) throws(Failure) -> [UInt8] {
    switch Files.read(Drafts.path(of: name)).content {
    case .bytes(let bytes): return bytes
    case .absent: throw Failure(status: Exit.unreadable, message: "no draft \(name)")
    case .unreadable(let why): throw Failure(status: Exit.unreadable, message: "\(name): \(why)")
    }
  }

  private static func recovery(of bytes: [UInt8], _ name: String) throws(Failure) -> Recovery {
    do throws(JournalError) { return try Recovery(bytes, disk: FileOpener.bytes) } catch {
      throw failure(error, name)
    }
  }

  private static func failure(_ error: JournalError, _ name: String) -> Failure {
    Failure(
      status: Exit.unreadable,
      message: "\(name): \(error.message); it is kept as \(Drafts.path(of: name))")
  }

  /// Takes a draft up: it is ours from here on. One that breaks off is left alone, and what stands
  /// before goes to a new one.
  static func take(_ name: String) throws(Failure) -> Taken {
    let path = Drafts.path(of: name)
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw Failure(status: Exit.unreadable, message: "\(name): \(Files.errorMessage(for: errno))")
    }
    do throws(Failure) {
      guard FileLock.take(descriptor) else {
        throw Failure(
          status: Exit.unreadable,
          message: "\(name) is open in process \(FileLock.owner(of: descriptor) ?? 0)")
      }
      guard case .bytes(let bytes) = Files.content(of: descriptor) else {
        throw Failure(
          status: Exit.unreadable, message: "\(name): \(Files.errorMessage(for: errno))")
      }
      let recovery = try recovery(of: bytes, name)
      guard !recovery.isOther else {
        throw Failure(
          status: Exit.unreadable,
          message: "\(name) was written by version \(recovery.head.program), which this cannot "
            + "replay; its manifests: \(AIGWWizard.name) recover --print \(name)")
      }
      guard recovery.brokenLine == nil else {
        close(descriptor)
        return Taken(recovery: recovery, draft: Draft())
      }
      let draft = Draft(
        name: name, descriptor: descriptor, head: recovery.head.end,
        events: recovery.journal.events.count)
      return Taken(recovery: recovery, draft: draft)
    } catch {
      close(descriptor)
      throw error
    }
  }
}
