package import Resources
package import YAML

/// Requests with the answers that they are to get: a file `<name>.cases.yaml` beside a route.
package struct CaseFile: Sendable {
  /// The version of the format that is read and written.
  package static let version = 1
  /// What the name of such a file ends in.
  package static let suffix = ".cases.yaml"

  /// The files with the documents, beside this one; none where it is the one of its own name.
  package var files: [String] = []
  /// The Gateway that the requests are sent to, nil for the first one.
  package var gateway: ObjectKey?
  package var cases: [Case] = []

  /// What is wrong with a file.
  package struct FieldError: Error {
    package let path: Path
    package let message: String
  }

  package init(cases: [Case], files: [String] = []) {
    self.cases = cases
    self.files = files
  }

  /// Reads a document; throws the first thing that is not as it should be.
  package init(_ node: Node) throws(FieldError) {
    let root = try CaseFileMapping(node, at: .root, keys: ["version", "files", "gateway", "cases"])
    guard let version = root["version"], version.integer == CaseFile.version else {
      throw FieldError(
        path: Path([.key("version")]),
        message: "version has to be \(CaseFile.version): the cases begin with version: "
          + "\(CaseFile.version)")
    }
    if let files = root["files"] {
      self.files = try CaseFileMapping.texts(files, at: Path([.key("files")]))
    }
    gateway = try root.text("gateway").map { ObjectKey($0) }
    let path = Path([.key("cases")])
    guard case .sequence(let items)? = root["cases"] else {
      throw FieldError(path: path, message: "cases has to be a list, each with request and expect")
    }
    guard !items.isEmpty else {
      throw FieldError(path: path, message: "cases is empty; write at least one")
    }
    for (index, item) in items.enumerated() {
      cases.append(try Case(item, at: path.appending(index)))
    }
  }

  /// The file as a document.
  package var node: Node {
    var file = Mapping([Mapping.Entry("version", .integer(CaseFile.version))])
    if !files.isEmpty { file["files"] = .sequence(files.map(Node.string)) }
    if let gateway { file["gateway"] = .string(gateway.description) }
    file["cases"] = .sequence(cases.map(\.node))
    return .mapping(file)
  }
}

/// A request and what is expected of its answer.
package struct Case: Sendable {
  package let name: String?
  package let request: Request
  package let expectations: [Expectation]

  package init(name: String?, request: Request, expectations: [Expectation]) {
    self.name = name
    self.request = request
    self.expectations = expectations
  }

  init(_ node: Node, at path: Path) throws(CaseFile.FieldError) {
    let reading = try CaseFileMapping(node, at: path, keys: ["name", "request", "expect"])
    name = try reading.text("name")
    guard let request = reading["request"], let expect = reading["expect"] else {
      throw CaseFile.FieldError(path: path, message: "a case needs request and expect")
    }
    self.request = try Request(request, at: path.appending("request"))
    expectations = try Expectation.all(in: expect, at: path.appending("expect"))
  }

  /// The name, or the request in words.
  package var title: String {
    if let name { return name }
    var title = request.model.map { "model \($0)" } ?? "\(request.method) \(request.path)"
    if let host = request.host { title += " at \(host)" }
    for header in request.headers { title += ", \(header.name): \(header.value)" }
    return title
  }

  /// What an answer has other than expected, none where the case passes.
  package func differences(from answer: Answer) -> [Difference] {
    expectations.compactMap { $0.difference(from: answer) }
  }

  package var node: Node {
    var node = Mapping()
    if let name { node["name"] = .string(name) }
    node["request"] = request.node
    node["expect"] = .mapping(
      Mapping(expectations.map { Mapping.Entry($0.field.rawValue, $0.value) }))
    return .mapping(node)
  }
}

/// Something that an answer has other than expected.
package struct Difference: Hashable, Sendable {
  package let field: String
  package let expected: String
  package let actual: String

  package var message: String {
    "\(field) is \(words(for: actual)), expected \(words(for: expected))"
  }

  /// A value in words: rules and matches by their places, as paths name them.
  private func words(for value: String) -> String {
    if value == "null" { return "none" }
    let lists = ["rule": "rules", "match": "matches"]
    return lists[field].flatMap { list in Int(value).map { "\(list)[\($0)]" } } ?? value
  }
}

extension Request {
  init(_ node: Node, at path: Path) throws(CaseFile.FieldError) {
    let reading = try CaseFileMapping(
      node, at: path, keys: ["model", "headers", "host", "listener", "path", "method", "size"])
    self.init(model: try reading.text("model"))
    host = try reading.text("host")
    listener = try reading.text("listener")
    self.path = try reading.text("path") ?? Request.chat
    method = try reading.text("method") ?? method
    if let headers = reading["headers"] {
      guard case .mapping(let mapping) = headers else {
        throw CaseFile.FieldError(
          path: path.appending("headers"), message: "headers has to be a mapping, {NAME: VALUE}")
      }
      self.headers = mapping.entries.map { Header($0.key, $0.value.scalar?.text ?? "") }
    }
    if let size = reading["size"] {
      self.size = size.scalar.flatMap { Request.size($0.text) }
      if self.size == nil {
        throw CaseFile.FieldError(
          path: path.appending("size"), message: "size has to be bytes, such as 1048576 or 1Mi")
      }
    }
  }

  var node: Node {
    var node = Mapping()
    if let model { node["model"] = .string(model) }
    if !headers.isEmpty {
      var mapping = Mapping()
      for header in headers { mapping[header.name] = .string(header.value) }
      node["headers"] = .mapping(mapping)
    }
    if let host { node["host"] = .string(host) }
    if let listener { node["listener"] = .string(listener) }
    if path != Request.chat { node["path"] = .string(path) }
    if method != "POST" { node["method"] = .string(method) }
    if let size { node["size"] = .integer(Int(size)) }
    return .mapping(node)
  }
}
