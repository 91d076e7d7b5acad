import Schemas
import Resources

/// Wrong groups that have rules of their own, to which the rule about other kinds leaves them.
extension BackendRef {
  /// Whether it names an AIServiceBackend with its group.
  var isWrittenService: Bool { kind == "AIServiceBackend" && group != nil }

  /// Whether it names a pool in the group that pools had before they were stable.
  var hasOldPoolGroup: Bool {
    group == ResourceKind.oldPoolGroup && kind == "InferencePool"
  }
}
