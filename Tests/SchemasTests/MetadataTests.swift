import Schemas
import YAML
import Testing

/// What every object has, as the server reads it.
@Suite struct MetadataTests {
  private func faults(_ yaml: String, of resource: ResourceKind = .backend) throws
    -> [SchemaViolation]
  {
    let parsed = Parser().parse(Array("{name: a, \(yaml)}\n".utf8))
    let node = try #require(parsed.documents.first?.root)
    let metadata = try #require(resource.property(at: Path([.key("metadata")])))
    return metadata.violations(in: node)
  }

  @Test(
    "what the server takes is taken",
    arguments: [
      "creationTimestamp: '2025-01-02T03:04:05+24:00'", "creationTimestamp: null",
      "creationTimestamp: '2025-01-02T03:04:05,25Z'", "creationTimestamp: '2025-01-02T3:04:05Z'",
      "managedFields: [null, {manager: a}]", "ownerReferences: []",
    ])
  func taken(yaml: String) throws {
    let found = try faults(yaml)
    #expect(found.isEmpty, "\(found.map(\.message))")
  }

  @Test(
    "what the server refuses is refused",
    arguments: [
      "creationTimestamp: [b]", "creationTimestamp: []", "managedFields: [{time: [b]}]",
      "creationTimestamp: '2025-01-02T03:04:05+25:00'", "creationTimestamp: '2025-01-02T03:04:05'",
      "ownerReferences: [{apiVersion: /v1, kind: Event, name: b, uid: c}]", "ownerReferences: [{}]",
      "ownerReferences: [null]", "namespace: A",
    ])
  func refused(yaml: String) throws { #expect(!(try faults(yaml)).isEmpty) }

  @Test("an object of the whole cluster may name any namespace, which is dropped")
  func cluster() throws { #expect(try faults("namespace: A", of: .gatewayClass).isEmpty) }

  @Test("null in a map of texts is no entry of it")
  func nulls() throws {
    let tls = Path([.key("spec"), .key("listeners"), .index(0), .key("tls")])
    let property = try #require(ResourceKind.gateway.property(at: tls))
    #expect(!property.violations(in: .map(["options": .map(["b": .null])])).isEmpty)
    #expect(property.violations(in: .map(["options": .map(["b": .string("c")])])).isEmpty)
  }
}
