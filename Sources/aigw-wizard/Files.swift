import Glibc
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
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let code = errno
      return FileContent(
        path: path, content: code == ENOENT ? .absent : .unreadable(words(for: code)))
    }
    defer { Glibc.close(descriptor) }
    return FileContent(path: path, content: content(of: descriptor))
  }

  /// What an open regular file holds, from where it stands.
  static func content(of descriptor: Int32) -> FileContent.Content {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .unreadable(words(for: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { return .unreadable("not a regular file") }
    guard status.st_size <= limit else { return .unreadable(tooLarge) }
    return stream(descriptor, expecting: Int(status.st_size))
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
        return .unreadable(words(for: errno))
      }
      if count == 0 { return .bytes(bytes) }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else {
        return .unreadable(tooLarge)
      }
    }
  }

  /// The names in a folder by their bytes, nil for what cannot be read as one.
  static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Replaces a file whole or not at all: a temporary file beside it, fsync, rename. The mode and
  /// the owner stay, a symbolic link stays and its target is written, missing folders are made.
  static func write(_ file: FileToWrite) -> WriteResult {
    func result(_ failure: String?) -> WriteResult {
      WriteResult(path: file.path, bytes: file.bytes, failure: failure)
    }
    let present = read(file.path).content
    if case .unreadable(let why) = present { return result(why) }
    if let expected = file.over, expected != present {
      return result("it was changed by someone else just now; save again to compare")
    }
    let target = resolved(file.path)
    if let failure = makeFolder(of: target) { return result(failure) }
    return result(replace(target, with: file.bytes))
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

  private static func makeFolder(of path: String) -> String? {
    let folder = folder(of: path)
    if exists(folder) { return nil }
    if let failure = makeFolder(of: folder) { return failure }
    return mkdir(folder, 0o777) == 0 || errno == EEXIST
      ? nil : "cannot make the folder \(folder): \(words(for: errno))"
  }

  private static func replace(_ path: String, with bytes: [UInt8]) -> String? {
    let folder = folder(of: path)
    var template = Array("\(folder)/.aigw-wizard-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return "cannot write in \(folder): \(words(for: errno))" }
    let temporary = template.withUnsafeBufferPointer {
      $0.baseAddress.map(String.init(cString:)) ?? ""
    }
    var failure = fill(descriptor, bytes, like: path)
    if Glibc.close(descriptor) != 0, failure == nil { failure = words(for: errno) }
    if failure == nil, rename(temporary, path) != 0 { failure = words(for: errno) }
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
    guard Standard.write(bytes, to: descriptor) else { return words(for: errno) }
    return fsync(descriptor) == 0 ? nil : words(for: errno)
  }

  static func sync(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    Glibc.close(descriptor)
  }

  static func words(for code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}
