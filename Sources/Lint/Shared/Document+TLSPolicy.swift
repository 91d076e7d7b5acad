import Resources

extension Document {
  /// Whether L68 reports its version, so that L01 need not.
  var isOldTLSPolicy: Bool {
    kind == "BackendTLSPolicy" && apiVersion == "gateway.networking.k8s.io/v1alpha3"
  }
}
