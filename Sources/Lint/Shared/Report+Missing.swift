import Resources
import Schemas
import YAML

extension Report {
  /// Reports that an object, named at a path, is not among the documents, and the effect of that.
  mutating func addMissing(
    _ kind: String, _ object: ObjectKey, _ missing: ObjectPresence.MissingObject, effect: String,
    at path: Path,
    in document: Int
  ) {
    add(
      "\(kind) \(object.name) is not in namespace \(object.namespace) here\(missing.hint); "
        + "while it is missing, \(effect)", at: path, in: document, severity: missing.severity)
  }

  /// The same of what a policy targets at a path, with a fix where another name was probably meant.
  mutating func addMissingTarget(
    _ kind: String, _ object: ObjectKey, _ missing: ObjectPresence.MissingObject, at target: Path,
    in document: Int
  ) {
    let path = target.appending("name")
    addMissing(kind, object, missing, effect: "the policy has no effect", at: path, in: document)
    guard let near = missing.near else { return }
    attach(
      Fix(
        "target \(kind) \(near)", [.set(document: document, path, .string(near))],
        caution: .writing(near, for: object.name)))
  }
}
