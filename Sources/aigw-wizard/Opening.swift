import Glibc
import Wizard

/// The files that the command line or the prompt names, to be opened.
enum Opening {
  /// What the files hold; throws at the first argument that is nothing to open, and names every
  /// file that cannot be read.
  static func files(_ words: [String]) throws(Failure) -> [OpenedFile] {
    var files: [OpenedFile] = []
    var faults: [OpenFault] = []
    for word in words {
      for content in try contents(of: word) {
        do throws(OpenFault) {
          files.append(try file(content))
        } catch {
          faults.append(error)
        }
      }
    }
    guard faults.isEmpty else {
      throw Failure(
        status: Exit.unreadable,
        message: faults.map { "\($0)" }.joined(separator: "\naigw-wizard: "))
    }
    return files
  }

  private static func file(_ content: FileContent) throws(OpenFault) -> OpenedFile {
    switch content.content {
    case .bytes(let bytes): try OpenedFile(path: content.path, bytes: bytes)
    case .absent:
      throw OpenFault(
        path: content.path, "no such file; to write there, use -o \(content.path)")
    case .unreadable(let why): throw OpenFault(path: content.path, why)
    }
  }

  private static func contents(of word: String) throws(Failure) -> [FileContent] {
    guard word == "-" else { return contents(ofPath: word) }
    guard isatty(STDIN_FILENO) == 0 else {
      throw Failure(status: Exit.usage, message: "- reads a file from a pipe; stdin is a terminal")
    }
    // Without a terminal to draw on there is no use in waiting for the pipe's end.
    let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else {
      throw Failure(
        status: Exit.usage,
        message: "no terminal to draw on. Without a terminal use: aigw-wizard render --help")
    }
    close(terminal)
    return [Files.read(descriptor: STDIN_FILENO, as: "-")]
  }

  /// A file, or the manifests of a folder in the order of their names.
  static func contents(ofPath path: String) -> [FileContent] {
    let path = path.hasPrefix("~/") ? (Environment["HOME"] ?? "~") + path.dropFirst() : path
    guard let names = manifests(in: path) else { return [Files.read(path)] }
    guard !names.isEmpty else {
      return [FileContent(path: path, content: .unreadable("no .yaml or .yml file is in it"))]
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    return names.map { Files.read(folder + $0) }
  }

  /// The names of a folder's YAML files, sorted; nil for what is no folder.
  private static func manifests(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        names.append(name)
      }
    }
    return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
  }
}
