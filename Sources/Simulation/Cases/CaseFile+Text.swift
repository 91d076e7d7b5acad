import Resources
package import YAML

extension CaseFile {
  /// What is wrong with a text that should be a file of cases, and where.
  package struct CaseFileError: Error {
    /// Nil where it is about the whole text.
    package let position: Position?
    package let message: String
  }

  /// Reads a file's text; throws the first thing that is not as it should be.
  package init(text bytes: [UInt8]) throws(CaseFileError) {
    let parsed = Parser().parse(bytes)
    for problem in parsed.problems where problem.severity == .error {
      throw CaseFileError(position: problem.position, message: problem.message)
    }
    guard let document = parsed.documents.first, parsed.documents.count == 1 else {
      throw CaseFileError(position: nil, message: "cases are one document of YAML")
    }
    do {
      self = try CaseFile(document.root)
    } catch {
      throw CaseFileError(
        position: document.map.nearestSpan(of: error.path).start, message: error.message)
    }
  }

  /// The path of the cases beside a file with documents, or beside a folder, which ends in `/`.
  package static func path(beside file: String) -> String {
    for ending in [".yaml", ".yml", "/"] where file.hasSuffix(ending) {
      return String(file.dropLast(ending.count)) + suffix
    }
    return file + suffix
  }
}

extension Case {
  /// The request of an answer, which is to be answered so again.
  package init(recording answer: Answer) {
    var expectations = [Expectation(.status, .integer(answer.status.rawValue))]
    if let models = answer.models {
      expectations.append(Expectation(.models, .sequence(models.map { .string($0.name) })))
    }
    if let route = answer.route {
      expectations.append(Expectation(.route, .string(route.name)))
      let rule = answer.ruleName.map(Node.string) ?? answer.rule.map(Node.integer) ?? .null
      expectations.append(Expectation(.rule, rule))
      expectations += Case.spread(of: answer)
      if let total = answer.timeouts?.request {
        expectations.append(Expectation(.timeouts, .map(["request": .string(total.text)])))
      }
    }
    self.init(name: nil, request: answer.request, expectations: expectations)
  }

  /// Who gets what share, and under what name where that is not the client's.
  private static func spread(of answer: Answer) -> [Expectation] {
    var shares: [(name: String, share: Double)] = []
    var models = Mapping()
    for backend in answer.backends where backend.share > 0 {
      let name = backend.name.name
      if let place = shares.firstIndex(where: { $0.name == name }) {
        shares[place].share += backend.share
      } else {
        shares.append((name, backend.share))
      }
      if backend.isOverridden { models[name] = backend.model.map(Node.string) }
    }
    guard !shares.isEmpty else { return [] }
    let parts = Mapping(shares.map { Mapping.Entry($0.name, .string($0.share.percent)) })
    return [Expectation(.backends, .mapping(parts))]
      + (models.entries.isEmpty ? [] : [Expectation(.model, .mapping(models))])
  }
}
