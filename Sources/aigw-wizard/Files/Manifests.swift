import Lint
import YAML

/// The documents in the files that a command was given.
struct Manifests {
  private(set) var documents: [Node] = []
  /// The file of each document.
  private(set) var files: [String] = []

  /// Reads files, folders and, as `-`, stdin; a list of objects counts as its items. Objects that
  /// name no namespace are put into the given one.
  init(in names: [String], namespace: String?) throws(Failure) {
    let gathered = CollectedInputs(names, in: namespace)
    if let message = gathered.failures.first {
      throw Failure(status: Exit.unreadable, message: message)
    }
    for file in gathered.files {
      if let problem = file.problems.first(where: { $0.finding.severity == .error }) {
        throw Failure(
          status: Exit.unreadable,
          message: "\(file.name):\(problem.position): \(problem.finding.message)")
      }
      documents += file.manifests
      files += Array(repeating: file.name, count: documents.count - files.count)
    }
  }

  /// What the answers cannot know yet; nil where there is nothing of the kind.
  var reservation: String? {
    let count = documents.count(where: \.hasVariables)
    guard count > 0 else { return nil }
    return
      "\(count) of the documents hold\(count == 1 ? "s" : "") variables such as ${NAME}, which "
      + "are taken as they stand here, before substitution"
  }
}
