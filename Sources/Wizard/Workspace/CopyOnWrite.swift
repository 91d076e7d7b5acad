/// A value that its copies share until one of them is changed.
///
/// For what is large and handed around with every event, such as the workspace: a copy costs one
/// reference instead of one for each part, and what holds it stays small.
@propertyWrapper
package struct CopyOnWrite<Value: Sendable>: Sendable {
  /// Sendable, because it is changed only while one `CopyOnWrite` alone refers to it.
  private final class Storage: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
  }

  private var storage: Storage

  package init(wrappedValue: Value) { storage = Storage(wrappedValue) }

  package var wrappedValue: Value {
    // Not lent by `_read`: in debug builds a lent value of this size was released once too often.
    get { storage.value }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
      yield &storage.value
    }
  }
}
