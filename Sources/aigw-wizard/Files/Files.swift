import Glibc
import RouteForm
import Wizard

/// Reading and replacing files.
enum Files {
  /// No target or answers file may be larger than this many bytes.
  static let limit = 64 << 20
  static let tooLarge = "larger than 64 MiB"

  /// Whether a path leads to anything.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// What a path holds; a folder, a device or a file without read permission is `unreadable`.
  static func read(_ path: String) -> FileContent {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      let code = errno
      return FileContent(
        path: path,
        content: code == ENOENT ? .absent : .unreadable(kind(of: path) ?? errorMessage(for: code)))
    }
    defer { Glibc.close(descriptor) }
    return FileContent(path: path, content: content(of: descriptor))
  }

  /// What an open regular file holds, from where it stands.
  static func content(of descriptor: Int32) -> FileContent.Content {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .unreadable(errorMessage(for: errno)) }
    if let kind = kind(ofMode: status.st_mode) { return .unreadable(kind) }
    guard status.st_size <= limit else { return .unreadable(tooLarge) }
    return stream(descriptor, expecting: Int(status.st_size))
  }

  /// What stands at a path that is no file, in words; nil for a file and for nothing at all.
  static func kind(of path: String) -> String? {
    var status = stat()
    return stat(path, &status) == 0 ? kind(ofMode: status.st_mode) : nil
  }

  /// What is no file, in words; nil for a file.
  static func kind(ofMode mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder, not a regular file"
    case S_IFIFO: "a named pipe (FIFO), not a regular file"
    case S_IFSOCK: "a socket, not a regular file"
    default: "a device, not a regular file"
    }
  }

  /// Reads a stream to its end.
  static func read(descriptor: Int32, as path: String) -> FileContent {
    FileContent(path: path, content: stream(descriptor, expecting: 0))
  }

  private static func stream(_ descriptor: Int32, expecting size: Int) -> FileContent.Content {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .unreadable(errorMessage(for: errno))
      }
      if count == 0 { return .bytes(bytes) }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else {
        return .unreadable(tooLarge)
      }
    }
  }

  /// A name in a folder.
  struct Entry {
    let name: String
    /// Whether the name is that of the file: one that is no UTF-8 cannot be said.
    let isText: Bool

    /// What is said of one that cannot be.
    static let nameProblem = "its name is not UTF-8; rename it to have it read"
  }

  /// The entries of a folder by the bytes of their names, nil for what cannot be read as one.
  static func entries(in folder: String) -> [Entry]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while let entry = readdir(stream) {
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      let name = String(decoding: bytes, as: UTF8.self)
      entries.append(Entry(name: name, isText: name.utf8.elementsEqual(bytes)))
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Replaces files, each whole or not at all: a temporary file beside it, fsync, rename. The mode
  /// and the owner stay, a symbolic link stays and its target is written.
  ///
  /// All of them are held against what they must hold before the first is replaced, and no other
  /// session replaces one between. Where one is not as it must be, nothing is written, and that one
  /// is all that is reported.
  static func write(_ files: [FileToWrite]) -> [WriteResult] {
    func result(_ file: FileToWrite, _ failure: String?) -> WriteResult {
      WriteResult(path: file.path, bytes: file.bytes, failure: failure)
    }
    do throws(Failure) {
      return try SaveLock.held {
        let refused = files.compactMap { file in refusal(of: file).map { result(file, $0) } }
        return refused.isEmpty ? files.map { result($0, replace($0)) } : refused
      }
    } catch {
      return files.prefix(1).map { result($0, error.message) }
    }
  }

  /// Why a file cannot be written as it is to be; nil where it can as far as is known.
  private static func refusal(of file: FileToWrite) -> String? {
    let present = read(file.path).content
    if case .unreadable(let why) = present { return why }
    if let expected = file.over, expected != present {
      return "it was changed by someone else just now; save again to compare"
    }
    let folder = folder(of: resolved(file.path))
    let needed = file.makesFolder && !exists(folder) ? self.folder(of: folder) : folder
    if exists(needed) { return nil }
    return "there is no folder \(needed); make it first: mkdir -p \(Shell.quoted(needed))"
  }

  /// The file a path leads to, symbolic links followed, also those that lead to no file yet.
  private static func resolved(_ path: String, links: Int = 0) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    var link = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &link, link.count)
    guard count > 0, links < 40 else { return path }
    let next = String(decoding: link[..<count].lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return resolved(next.hasPrefix("/") ? next : "\(folder(of: path))/\(next)", links: links + 1)
  }

  /// The one absolute path of a file, or of a folder where it ends in `/`, that may not be yet.
  static func canonical(_ path: String) -> String {
    let target = resolved(path.hasSuffix("/") ? String(path.dropLast()) : path)
    var known = target[...]
    var rest = path.hasSuffix("/") ? "/" : ""
    while true {
      if let real = realpath(known.isEmpty ? "/" : String(known), nil) {
        defer { free(real) }
        return String(cString: real) + rest
      }
      guard let slash = known.lastIndex(of: "/") else { break }
      rest = "\(known[slash...])\(rest)"
      known = known[..<slash]
    }
    return "\(workingFolder)/\(known)\(rest)"
  }

  /// The folder that relative paths start from; empty where it is gone.
  static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func replace(_ file: FileToWrite) -> String? {
    let path = resolved(file.path)
    if file.makesFolder { mkdir(folder(of: path), 0o777) }
    return replace(path, with: file.bytes)
  }

  private static func replace(_ path: String, with bytes: [UInt8]) -> String? {
    let folder = folder(of: path)
    var template = Array("\(folder)/.aigw-wizard-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return "cannot write in \(folder): \(errorMessage(for: errno))" }
    let temporary = template.withUnsafeBufferPointer {
      $0.baseAddress.map(String.init(cString:)) ?? ""
    }
    var failure = fill(descriptor, bytes, like: path)
    if Glibc.close(descriptor) != 0, failure == nil { failure = errorMessage(for: errno) }
    if failure == nil, rename(temporary, path) != 0 { failure = errorMessage(for: errno) }
    if failure != nil {
      unlink(temporary)
      return failure
    }
    sync(folder)
    return nil
  }

  private static func fill(
    _ descriptor: Int32, _ bytes: [UInt8], like path: String
  ) -> String? {
    var status = stat()
    if stat(path, &status) == 0 {
      _ = fchown(descriptor, status.st_uid, status.st_gid)
      fchmod(descriptor, status.st_mode & 0o7777)
    } else {
      let mask = umask(0)
      umask(mask)
      fchmod(descriptor, 0o666 & ~mask)
    }
    guard Streams.write(bytes, to: descriptor) else { return errorMessage(for: errno) }
    return fsync(descriptor) == 0 ? nil : errorMessage(for: errno)
  }

  static func sync(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    Glibc.close(descriptor)
  }

  static func errorMessage(for code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }
}
