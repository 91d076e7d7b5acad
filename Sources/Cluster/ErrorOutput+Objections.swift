import Resources
import YAML

extension ErrorOutput {
  typealias Objection = DryRunResult.Objection

  /// The fields that somebody else has written; nil where nothing is said of any.
  var conflicts: [Objection]? {
    guard let start = lines.firstIndex(where: { $0.holds("Apply failed with ") }) else {
      return nil
    }
    let list = lines[start...].prefix { !$0.hasPrefix("Please review") }
    var found: [Objection] = []
    var manager = ""
    for line in list {
      if let after = line.cut(at: "conflict with ")?.after ?? line.cut(at: "conflicts with ")?.after
      {
        manager = after.parts(between: "\"").dropFirst().first ?? after
        let field = after.cut(at: ": ")?.after ?? ""
        if field.hasPrefix(".") { found.append(Self.conflict(manager, field)) }
      } else if line.hasPrefix("- .") {
        found.append(Self.conflict(manager, String(line.dropFirst(2))))
      }
    }
    return found
  }

  private static func conflict(_ manager: String, _ field: String) -> Objection {
    Objection(
      path: Path(ofServer: field) ?? .root,
      message: "\(field.dropFirst()) is owned by \(manager); applying this needs "
        + "--force-conflicts", isConflict: true)
  }

  /// What the server has against an object; nil where it did not look at it.
  func objections(to object: Node) -> [Objection]? {
    let text = text.cut(at: "The request is invalid: ")?.after ?? text
    if text.holds(" is invalid: ") || text.holds(" is invalid:\n") {
      let list = text.cut(at: " is invalid: ")?.after ?? text.cut(at: " is invalid:\n")?.after ?? ""
      return Self.fields(of: list).map { Self.objection($0, in: object) }
    }
    if let after = text.cut(at: "strict decoding error: ")?.after {
      return after.parts(between: ", ").map { part in
        let field = part.parts(between: "\"").dropFirst().first ?? ""
        return Objection(
          path: Path(ofServer: field) ?? .root, message: part.withoutLineEnds, isConflict: false)
      }
    }
    if let after = text.cut(at: "failed to create typed patch object (")?.after.cut(at: "): ")?
      .after
    {
      let parts = after.parts(between: "\n").map(\.withoutBlanks).filter { $0 != "errors:" }
      return parts.map { part in
        let (field, text) = part.cut(at: ": ") ?? ("", part)
        return Objection(
          path: Path(ofServer: field) ?? .root,
          message: field.isEmpty ? text : "\(field.dropFirst()): \(text)", isConflict: false)
      }
    }
    if let kind = text.cut(at: "no matches for kind ")?.after.parts(between: "\n").first {
      return [
        Objection(
          path: .to("apiVersion"), message: "the cluster does not have the kind \(kind)",
          isConflict: false)
      ]
    }
    if text.holds("(NotFound): namespaces \"") {
      let namespace = object["metadata"]?["namespace"]?.text ?? ""
      return [
        Objection(
          path: .to("metadata", "namespace"),
          message: "the cluster does not have the namespace \(namespace)", isConflict: false)
      ]
    }
    // What kubectl finds itself where the server is too old to validate strictly.
    if let (field, text) = text.cut(at: "ValidationError(")?.after.cut(at: "): ") {
      let path = field.cut(at: ".")?.after ?? ""
      return [
        Objection(
          path: Path(ofServer: path) ?? .root,
          message: text.parts(between: "; if you choose").first ?? text, isConflict: false)
      ]
    }
    // What an admission webhook or policy refuses.
    if let reason = text.cut(at: "denied the request: ")?.after
      ?? text.cut(at: "denied request: ")?.after
    {
      return [Objection(path: .root, message: reason.withoutLineEnds, isConflict: false)]
    }
    return nil
  }

  /// The parts of a list of objections: `[spec.a: ..., spec.b: ...]` in one line, or one a line.
  private static func fields(of list: String) -> [String] {
    let lines = list.parts(between: "\n").map(\.withoutBlanks).filter { !$0.isEmpty }
    if lines.count > 1 || lines.first?.hasPrefix("* ") ?? false {
      return lines.map { $0.hasPrefix("* ") ? String($0.dropFirst(2)) : $0 }
    }
    guard let line = lines.first, line.hasPrefix("["), line.hasSuffix("]") else { return lines }
    var parts: [String] = []
    for part in String(line.dropFirst().dropLast()).parts(between: ", ") {
      // A comma within a message begins no other.
      if let last = parts.last, !beginsField(part) {
        parts[parts.count - 1] = "\(last), \(part)"
      } else {
        parts.append(part)
      }
    }
    return parts
  }

  private static func beginsField(_ part: String) -> Bool {
    guard let field = part.cut(at: ": ")?.before else { return false }
    let first = field.prefix { $0 != "." && $0 != "[" }
    return ["spec", "metadata", "status", "apiVersion", "kind", "<nil>"].contains(String(first))
  }

  /// `spec.a: Invalid value: "x": spec.a in body should match ...`.
  private static func objection(_ line: String, in object: Node) -> Objection {
    guard let (field, _) = line.cut(at: ": "), let path = Path(ofServer: field) else {
      let quoted = line.parts(between: "\"").first { $0.hasPrefix("spec.") }
      return Objection(
        path: quoted.flatMap(Path.init(ofServer:)) ?? .root, message: line, isConflict: false)
    }
    return Objection(path: path, message: line, isConflict: false)
  }
}

extension Path {
  /// A field as the server writes it: `spec.rules[0].name`, with a dot before it in a conflict, whose
  /// items of lists are named by their keys.
  init?(ofServer field: String) {
    let text = field.hasPrefix(".") ? String(field.dropFirst()) : field
    let known = text.parts(between: "[name=").first ?? text
    guard let path = Path(known), !path.isRoot, known != "<nil>" else { return nil }
    self = path
  }
}

extension String {
  fileprivate var withoutLineEnds: String {
    parts(between: "\n").map(\.withoutBlanks).filter { !$0.isEmpty }.joined(separator: "; ")
  }

  fileprivate var withoutBlanks: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " }.reversed())
  }
}
