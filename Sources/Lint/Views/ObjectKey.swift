/// What tells objects of one kind apart.
struct ObjectKey: Hashable, Comparable, Sendable {
  let namespace: String
  let name: String

  init(_ namespace: String, _ name: String) {
    self.namespace = namespace
    self.name = name
  }

  static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}
