import Resources

extension Document {
  /// Whether L68 speaks of its version, which L01 need not.
  var isOldTLSPolicy: Bool {
    kind == "BackendTLSPolicy" && apiVersion == "gateway.networking.k8s.io/v1alpha3"
  }
}
