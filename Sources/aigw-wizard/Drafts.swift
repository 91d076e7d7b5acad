import Glibc

/// Drafts that were kept: answers files under the user's state folder.
enum Drafts {
  /// Keeps a draft for the output it was meant for; gives its path, or why it could not be kept.
  static func keep(_ bytes: [UInt8], for output: String) -> Result<String, Failure> {
    guard let folder else {
      return .failure(Failure(status: Exit.unreadable, message: "no HOME to keep the draft in"))
    }
    let name = output.split(separator: "/").last.map(String.init) ?? "route"
    let stem = name.hasSuffix(".yaml") ? String(name.dropLast(5)) : name
    let path = "\(folder)/\(stem)-\(getpid()).answers.yaml"
    makeState(folder)
    if let why = Files.writePrivate(path, bytes) {
      return .failure(Failure(status: Exit.unreadable, message: "cannot keep the draft: \(why)"))
    }
    return .success(path)
  }

  private static var folder: String? {
    if let state = Environment["XDG_STATE_HOME"] { return "\(state)/aigw-wizard/drafts" }
    return Environment["HOME"].map { "\($0)/.local/state/aigw-wizard/drafts" }
  }

  /// Drafts may hold what nobody else should read.
  private static func makeState(_ folder: String) {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
  }
}
