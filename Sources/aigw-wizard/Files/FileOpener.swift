import Glibc
import Schemas
import Simulation
import Wizard

/// The files that the command line or the prompt names, to be opened.
enum FileOpener {
  /// Begins to read what is named, unless it is given; throws where there is nothing to be read from.
  static func read(
    _ words: [String], given: [FileContent] = [], for release: Release, output: Output
  ) throws(Failure) -> BackgroundTask<OpenResult> {
    if given.isEmpty, words.contains("-") {
      // Without a terminal to draw on there is no use in waiting for the pipe's end.
      let terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
      guard terminal >= 0 else {
        throw Failure(
          status: Exit.usage,
          message: "there is no terminal. Without a terminal use: \(AIGWWizard.name) render --help")
      }
      close(terminal)
      try checkStandardInput()
    }
    return BackgroundTask {
      let contents =
        given.isEmpty
        ? words.flatMap { word in
          word == "-"
            ? [Files.read(descriptor: STDIN_FILENO, as: word)] : Self.contents(ofPath: word)
        } : given
      return OpenResult(contents, for: release, output: output)
    }
  }

  /// Two files to compare; either may be a pipe.
  static func pair(_ words: [String]) throws(Failure) -> [OpenedFile] {
    var contents: [FileContent] = []
    for word in words {
      if word == "-" {
        try checkStandardInput()
        contents.append(Files.read(descriptor: STDIN_FILENO, as: word))
      } else if word.hasPrefix("/dev/fd/") {
        let descriptor = open(word, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        contents.append(Files.read(descriptor: descriptor, as: word))
      } else {
        contents.append(Files.read(word))
      }
    }
    return try parsed(contents)
  }

  /// What a file holds now, by its path from a folder; nil where it cannot be read.
  static func bytes(from folder: String, _ path: String) -> [UInt8]? {
    let place = path.hasPrefix("/") ? path : "\(folder)/\(path)"
    guard case .bytes(let bytes) = Files.read(place).content else { return nil }
    return bytes
  }

  private static func checkStandardInput() throws(Failure) {
    guard isatty(STDIN_FILENO) == 0 else {
      throw Failure(status: Exit.usage, message: "- reads a file from a pipe; stdin is a terminal")
    }
  }

  private static func parsed(_ contents: [FileContent]) throws(Failure) -> [OpenedFile] {
    var files: [OpenedFile] = []
    var errors: [OpenError] = []
    for content in contents {
      do throws(OpenError) { files.append(try OpenedFile(content)) } catch { errors.append(error) }
    }
    guard errors.isEmpty else { throw failure(errors) }
    return files
  }

  /// Why files cannot be opened, a line each.
  static func failure(_ errors: [OpenError]) -> Failure {
    Failure(
      status: Exit.unreadable,
      message: errors.map { "\($0)" }.joined(separator: "\naigw-wizard: "))
  }

  /// A file, or the manifests of a folder in the order of their names.
  static func contents(ofPath path: String) -> [FileContent] {
    let path = expanded(path)
    guard let entries = manifests(in: path) else { return [Files.read(path)] }
    guard !entries.isEmpty else {
      return [FileContent(path: path, content: .unreadable("no .yaml or .yml file is in it"))]
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    return entries.map { entry in
      entry.isText
        ? Files.read(folder + entry.name)
        : FileContent(path: folder + entry.name, content: .unreadable(Files.Entry.nameProblem))
    }
  }

  /// A path as it is typed, with the home folder in the place of `~`.
  private static func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? (Environment["HOME"] ?? "~") + path.dropFirst() : path
  }

  /// What a folder holds; nothing stands for the current one.
  static func folder(_ path: String) -> FolderContent {
    let place = path.isEmpty ? "./" : expanded(path)
    guard let found = Files.entries(in: place) else {
      return FolderContent(path: path, entries: [], failure: Files.errorMessage(for: errno))
    }
    let entries = found.filter { $0.isText && $0.name != "." && $0.name != ".." }.map { entry in
      var status = stat()
      let isFolder =
        stat(place + entry.name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return FolderContent.Entry(name: entry.name, isFolder: isFolder)
    }
    return FolderContent(path: path, entries: entries)
  }

  /// A folder's YAML files, sorted; nil for what is no folder.
  private static func manifests(in path: String) -> [Files.Entry]? {
    Files.entries(in: path)?.filter { entry in
      !entry.name.hasPrefix(".") && !entry.name.hasSuffix(CaseFile.suffix)
        && (entry.name.hasSuffix(".yaml") || entry.name.hasSuffix(".yml"))
    }
  }
}
