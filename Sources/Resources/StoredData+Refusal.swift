import Schemas
package import YAML

extension Document {
  /// What the API server refuses of a Secret or ConfigMap (kubernetes/kubernetes v1.36.2,
  /// staging/src/k8s.io/api/core/v1/types.go).
  package var storedRefusals: [(path: Path, message: String)] {
    // What is encrypted is decrypted before it is applied.
    guard apiVersion == "v1", let kind, let blocks = StoredData.blocks[kind],
      node.given("sops") == nil
    else { return [] }
    return blocks.flatMap { block, isEncoded in
      (node[block]?.entries ?? []).compactMap { entry in
        guard let scalar = entry.value.scalar, scalar.kind != .null else { return nil }
        let path = Path.to(block).appending(entry.key)
        guard let text = entry.value.text else {
          return (path, "\(block) holds strings; write \(scalar.text.quoted)")
        }
        guard isEncoded, !Variable.isIn(text), Base64.bytes(text) == nil else { return nil }
        let other = kind == "Secret" ? "stringData" : "data"
        return (path, "\(block) holds base64, which this is not; write it in \(other)")
      }
    }
  }
}
