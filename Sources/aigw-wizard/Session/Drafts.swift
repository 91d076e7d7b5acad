import Glibc
import Schemas
import Wizard

/// The folder of the drafts: records of sessions that ended, or still run, with unsaved work.
enum Drafts {
  static let suffix = ".draft"

  /// A draft in the folder.
  struct Found {
    let name: String
    /// When it was last written to.
    let modified: timespec
    /// The process that writes it; nil for one that was left behind.
    let owner: pid_t?
  }

  /// Where state is kept that is ours; nil without a home folder.
  static var state: String? {
    // A relative path is to be ignored (XDG Base Directory Specification).
    if let state = Environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      return "\(state)/aigw-wizard"
    }
    return Environment["HOME"].map { "\($0)/.local/state/aigw-wizard" }
  }

  static var folder: String? { state.map { "\($0)/drafts" } }

  static func path(of name: String) -> String { "\(folder ?? "")/\(name)\(suffix)" }

  /// The drafts with something in them, the last one written first. `own` is left out: to look at
  /// it would end this process's lock on it.
  static func all(but own: String? = nil) -> [Found] {
    guard let folder, let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var found: [Found] = []
    while let entry = readdir(stream) {
      let file = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard file.hasSuffix(suffix), file.utf8.count > suffix.utf8.count else { continue }
      let name = String(file.dropLast(suffix.utf8.count))
      if name != own, let draft = look(name) { found.append(draft) }
    }
    return found.sorted {
      ($0.modified.tv_sec, $0.modified.tv_nsec, $1.name)
        > ($1.modified.tv_sec, $1.modified.tv_nsec, $0.name)
    }
  }

  private static func look(_ name: String) -> Found? {
    let descriptor = open(path(of: name), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0
    else { return nil }
    return Found(
      name: name, modified: status.st_mtim, owner: FileLock.owner(of: descriptor))
  }

  /// The last draft that was left behind of one of some files; `own` is left out.
  static func leftBehind(of paths: [String], but own: String?) -> Found? {
    let wanted = Set(paths.map(Files.canonical))
    return all(but: own).first { found in
      found.owner == nil
        && summary(of: found.name)?.paths.contains { wanted.contains(Files.canonical($0)) } ?? false
    }
  }

  /// What a draft is of; nil for what is none.
  static func summary(of name: String) -> JournalSummary? {
    guard case .bytes(let bytes) = Files.read(path(of: name)).content else { return nil }
    return JournalSummary(bytes)
  }

  /// A draft with what identifies it: time, edits, files.
  static func note(of draft: Found) -> DraftNote {
    let summary = summary(of: draft.name)
    let parts =
      [Clock.date(draft.modified.tv_sec), summary?.description ?? ""] + (summary?.paths ?? [])
    return DraftNote(
      name: draft.name, description: parts.filter { !$0.isEmpty }.joined(separator: ", "))
  }

  /// Makes a draft's file under a name made of `title`; gives its name and descriptor, or why not.
  static func make(for title: String) throws(Failure) -> (name: String, descriptor: Int32) {
    guard let folder else {
      throw Failure(status: Exit.unreadable, message: "no HOME to keep it in")
    }
    makeFolder(folder)
    let stem = stem(of: title)
    for number in 1..<10_000 {
      let name = number == 1 ? stem : "\(stem)-\(number)"
      let descriptor = open(path(of: name), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if descriptor >= 0 {
        fchmod(descriptor, 0o600)
        FileLock.take(descriptor)
        return (name, descriptor)
      }
      guard errno == EEXIST else { break }
    }
    throw Failure(status: Exit.unreadable, message: "\(folder): \(Files.errorMessage(for: errno))")
  }

  /// Whether a draft of this name may be called after `title`.
  static func isName(_ name: String, of title: String) -> Bool {
    let stem = stem(of: title)
    guard name.hasPrefix(stem) else { return false }
    let rest = name.dropFirst(stem.count)
    return rest.isEmpty || rest.first == "-" && Int(rest.dropFirst()) != nil
  }

  /// A name for a draft, from the route or file it is of: letters, digits, `.`, `_` and `-` only.
  private static func stem(of title: String) -> String {
    var stem = Credential.masked(title.split(separator: "/").last.map(String.init) ?? "")
    for ending in [".yaml", ".yml"] where stem.hasSuffix(ending) {
      stem.removeLast(ending.utf8.count)
    }
    let plain = stem.unicodeScalars.prefix(60).map { scalar -> Character in
      scalar.isASCII && (Character(scalar).isLetter || Character(scalar).isNumber)
        || scalar == "." || scalar == "_" ? Character(scalar) : "-"
    }
    let name = String(plain.drop { $0 == "." || $0 == "-" })
    return name.isEmpty ? "route" : name
  }

  /// Drafts may hold what nobody else should read.
  static func makeFolder(_ folder: String) {
    if access(folder, W_OK) == 0 { return }
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
  }
}
