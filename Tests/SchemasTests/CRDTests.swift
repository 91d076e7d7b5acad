import Schemas
import YAML
import Testing

/// The facts here against the CRD files of the releases, where those are at hand.
@Suite(.enabled(if: Shared.folder != nil)) struct CRDTests {
  struct File: CustomTestStringConvertible, Sendable {
    let kind: String
    let path: String
    let schemaSet: SchemaSet
    var testDescription: String { path }
  }

  /// The names of the kinds' files.
  private static let names = [
    "AIGatewayRoute": "aigateway.envoyproxy.io_aigatewayroutes",
    "AIServiceBackend": "aigateway.envoyproxy.io_aiservicebackends",
    "Backend": "gateway.envoyproxy.io_backends",
    "ClientTrafficPolicy": "gateway.envoyproxy.io_clienttrafficpolicies",
    "BackendTrafficPolicy": "gateway.envoyproxy.io_backendtrafficpolicies",
    "HTTPRouteFilter": "gateway.envoyproxy.io_httproutefilters",
    "BackendTLSPolicy": "gateway.networking.k8s.io_backendtlspolicies",
    "Gateway": "gateway.networking.k8s.io_gateways",
    "HTTPRoute": "gateway.networking.k8s.io_httproutes",
    "ReferenceGrant": "gateway.networking.k8s.io_referencegrants",
    "BackendSecurityPolicy": "aigateway.envoyproxy.io_backendsecuritypolicies",
    "SecurityPolicy": "gateway.envoyproxy.io_securitypolicies",
    "GatewayClass": "gateway.networking.k8s.io_gatewayclasses",
    "InferencePool": "inference.networking.k8s.io_inferencepools",
    "GatewayConfig": "aigateway.envoyproxy.io_gatewayconfigs",
    "MCPRoute": "aigateway.envoyproxy.io_mcproutes",
    "QuotaPolicy": "aigateway.envoyproxy.io_quotapolicies",
    "EnvoyExtensionPolicy": "gateway.envoyproxy.io_envoyextensionpolicies",
  ]

  /// Where the files of each schema set stand.
  private static let folders: [(String, SchemaSet)] = [
    ("older/ai-gateway-v0.6.0/", .v0_6), ("older/ai-gateway-v0.7.0/", .v0_7),
    ("older/ai-gateway-v1.0.0/", .v1_0), ("older/envoy-gateway-v1.7.0/", .v0_6), ("", .v1_1),
    ("newer/envoy-gateway-v1.9.0/", .next),
  ]

  static let files = folders.flatMap { folder, schemaSet in
    names.sorted { $0.key < $1.key }.compactMap { kind, name -> File? in
      let path = "crds/\(folder)\(name).yaml"
      return Shared.has(path) ? File(kind: kind, path: path, schemaSet: schemaSet) : nil
    }
  }

  @Test("every kind has its file")
  func coverage() { #expect(Set(Self.names.keys) == Set(ResourceKind.kinds)) }

  @Test("every fact is the CRD's, in every schema set", arguments: files)
  func facts(file: File) throws {
    let resource = try #require(ResourceKind.find(kind: file.kind))
    let parsed = Parser().parse(try Shared.bytes(of: file.path))
    let crd = try #require(parsed.documents.first?.root)
    let versions = try #require(crd["spec"]?["versions"]).items
    #expect(crd["spec"]?["group"]?.text == resource.group)
    #expect((crd["spec"]?["scope"]?.text == "Namespaced") == resource.isNamespaced)
    for version in versions where version["served"]?.bool == true {
      let name = try #require(version["name"]?.text)
      let own = try #require(resource.versions.first { $0.name == name })
      #expect(own.since <= file.schemaSet)
      #expect(own.isStored == (version["storage"]?.bool ?? false))
      #expect(own.isDeprecated == (version["deprecated"]?.bool ?? false))
      let schema = try #require(version["schema"]?["openAPIV3Schema"]?["properties"]?["spec"])
      let spec = try #require(resource.property(at: Path([.key("spec")])))
      let comparison = Comparison(schemaSet: file.schemaSet, version: name)
      comparison.compare(spec, schema, at: "spec")
      let status = version["schema"]?["openAPIV3Schema"]?["properties"]?["status"]
      let ownStatus = resource.property(at: Path([.key("status")]))
      #expect((ownStatus == nil) == (status == nil))
      if file.schemaSet == .v1_1, let ownStatus, let status {
        comparison.compareNames(ownStatus, status, at: "status")
      }
    }
  }
}

/// The facts of one schema set beside a CRD's schema.
private struct Comparison {
  let schemaSet: SchemaSet
  let version: String

  private func fields(of object: ObjectSchema) -> [Property] {
    object.properties.filter {
      // A condition on the version keeps this field out of v1alpha1.
      if version == "v1alpha1", $0.name == "credentialOverride" { return false }
      return $0.resolved(in: schemaSet).span.holds(in: schemaSet)
    }
  }

  func compareNames(_ property: Property, _ schema: Node, at path: String) {
    switch property.resolved(in: schemaSet).schema {
    case .object(let object):
      let entries = schema["properties"]?.entries ?? []
      #expect(Set(object.properties.map(\.name)) == Set(entries.map(\.key)), "\(path)")
      for entry in entries {
        guard let below = object.property(entry.key) else { continue }
        compareNames(below, entry.value, at: path + "." + entry.key)
      }
    case .list(let list):
      if let items = schema["items"] { compareNames(list.item, items, at: path + "[]") }
    case .map, .string, .integer, .boolean, .quantity, .any:
      #expect(schema["properties"] == nil && schema["items"] == nil, "\(path)")
    }
  }

  func compare(_ property: Property, _ schema: Node, at path: String) {
    let property = property.resolved(in: schemaSet)
    let type = schema["type"]?.text
    #expect(schema["default"] == nil || property.defaultValue == schema["default"], "\(path)")
    switch property.schema {
    case .any: #expect(schema["x-kubernetes-preserve-unknown-fields"]?.bool == true, "\(path)")
    case .boolean: #expect(type == "boolean", "\(path)")
    case .quantity: #expect(schema["x-kubernetes-int-or-string"]?.bool == true, "\(path)")
    case .map(let map):
      #expect(map.minimum == schema["minProperties"]?.integer ?? 0, "\(path)")
      #expect(map.maximum == schema["maxProperties"]?.integer, "\(path)")
      if let value = schema["additionalProperties"] {
        compare(map.value, value, at: path + "{}")
      } else {
        Issue.record("\(path) is no map")
      }
    case .integer(let integer):
      let isLong = schema["format"]?.text != "int32"
      #expect(type == (integer.isWhole ? "integer" : "number"), "\(path)")
      #expect(integer.choices == (schema["enum"]?.items ?? []).compactMap(\.integer), "\(path)")
      guard integer.choices.isEmpty else { return }
      #expect(
        integer.minimum == schema["minimum"]?.integer ?? (isLong ? .min : Int(Int32.min)), "\(path)"
      )
      #expect(
        integer.maximum == schema["maximum"]?.integer ?? (isLong ? .max : Int(Int32.max)),
        "\(path)")
    case .string(let string):
      #expect(type == "string", "\(path)")
      let choices = schema["enum"] ?? schema["allOf"]?[0]?["enum"]
      #expect(string.choices == (choices?.items ?? []).compactMap(\.text), "\(path)")
      guard string.choices.isEmpty else { return }
      #expect(string.minimum == schema["minLength"]?.integer ?? 0, "\(path)")
      #expect(string.maximum == schema["maxLength"]?.integer, "\(path)")
      let hasForm = schema["pattern"] != nil || schema["format"] != nil
      #expect((string.pattern != nil) == hasForm, "\(path)")
      if let pattern = schema["pattern"]?.text, string.pattern == .duration {
        #expect(pattern == "^([0-9]{1,5}(h|m|s|ms)){1,4}$", "\(path)")
      }
    case .list(let list): compare(list, schema, at: path)
    case .object(let object):
      #expect(type == "object", "\(path)")
      let entries = schema["properties"]?.entries ?? []
      let fields = fields(of: object)
      #expect(Set(fields.map(\.name)) == Set(entries.map(\.key)), "\(path)")
      let required = (schema["required"]?.items ?? []).compactMap(\.text)
      let ours = fields.filter { $0.resolved(in: schemaSet).isRequired }.map(\.name)
      #expect(Set(ours) == Set(required), "\(path)")
      for entry in entries {
        guard let below = object.property(entry.key) else { continue }
        compare(below, entry.value, at: path + "." + entry.key)
      }
    }
  }

  private func compare(_ list: ListSchema, _ schema: Node, at path: String) {
    #expect(schema["type"]?.text == "array", "\(path)")
    #expect(list.minimum == schema["minItems"]?.integer ?? 0, "\(path)")
    #expect(list.maximum == schema["maxItems"]?.integer, "\(path)")
    switch list.uniqueness {
    case .none:
      #expect(!["set", "map"].contains(schema["x-kubernetes-list-type"]?.text), "\(path)")
    case .set: #expect(schema["x-kubernetes-list-type"]?.text == "set", "\(path)")
    case .map(let key):
      #expect(
        schema["x-kubernetes-list-map-keys"]?.items.compactMap(\.text) == [key], "\(path)")
    }
    if let items = schema["items"] { compare(list.item, items, at: path + "[]") }
  }
}
