import Kinds
import Manifest
import Testing

/// The facts here against the CRD files of the releases, where those are at hand.
@Suite(.enabled(if: Shared.folder != nil)) struct CRDTests {
  static let files: [(Resource, String)] = [
    (.aiGatewayRoute, "aigateway.envoyproxy.io_aigatewayroutes"),
    (.clientTrafficPolicy, "gateway.envoyproxy.io_clienttrafficpolicies"),
    (.backendTrafficPolicy, "gateway.envoyproxy.io_backendtrafficpolicies"),
    (.referenceGrant, "gateway.networking.k8s.io_referencegrants"),
  ]

  @Test("every fact is the CRD's", arguments: files)
  func facts(resource: Resource, file: String) throws {
    let parsed = Parser().parse(try Shared.bytes(of: "crds/\(file).yaml"))
    let crd = try #require(parsed.documents.first?.root)
    let versions = try #require(crd["spec"]?["versions"]).items
    #expect(crd["spec"]?["group"]?.text == resource.group)
    for version in versions where version["served"]?.bool == true {
      let name = try #require(version["name"]?.text)
      let own = try #require(resource.versions.first { $0.name == name })
      #expect(own.isStored == (version["storage"]?.bool ?? false))
      #expect(own.isDeprecated == (version["deprecated"]?.bool ?? false))
      let schema = try #require(version["schema"]?["openAPIV3Schema"]?["properties"]?["spec"])
      let spec = try #require(resource.property(at: Path([.key("spec")])))
      compare(spec, schema, at: "spec")
    }
  }

  private func compare(_ property: Property, _ schema: Node, at path: String) {
    let type = schema["type"]?.text
    if let fallback = schema["default"], property.schema.isJudged {
      #expect(property.defaultValue == fallback, "\(path)")
    }
    switch property.schema {
    case .any: return
    case .boolean: #expect(type == "boolean", "\(path)")
    case .quantity: #expect(schema["x-kubernetes-int-or-string"]?.bool == true, "\(path)")
    case .map: #expect(schema["additionalProperties"] != nil, "\(path)")
    case .integer(let integer):
      let isLong = schema["format"]?.text == "int64"
      #expect(type == "integer", "\(path)")
      #expect(
        integer.minimum == schema["minimum"]?.integer ?? Int(Int32.min), "\(path)")
      #expect(
        integer.maximum == schema["maximum"]?.integer ?? (isLong ? .max : Int(Int32.max)),
        "\(path)")
    case .string(let string):
      #expect(type == "string", "\(path)")
      #expect(string.minimum == schema["minLength"]?.integer ?? 0, "\(path)")
      #expect(string.maximum == schema["maxLength"]?.integer, "\(path)")
      #expect(string.choices == (schema["enum"]?.items ?? []).compactMap(\.text), "\(path)")
      let hasForm = schema["pattern"] != nil || schema["format"] != nil
      #expect((string.pattern != nil) == hasForm, "\(path)")
      if let pattern = schema["pattern"]?.text, string.pattern == .duration {
        #expect(pattern == "^([0-9]{1,5}(h|m|s|ms)){1,4}$", "\(path)")
      }
    case .list(let list): compare(list, schema, at: path)
    case .object(let object):
      #expect(type == "object", "\(path)")
      let entries = schema["properties"]?.entries ?? []
      #expect(Set(object.properties.map(\.name)) == Set(entries.map(\.key)), "\(path)")
      let required = (schema["required"]?.items ?? []).compactMap(\.text)
      #expect(
        Set(object.properties.filter(\.isRequired).map(\.name)) == Set(required), "\(path)")
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

extension Schema {
  fileprivate var isJudged: Bool {
    if case .any = self { false } else { true }
  }
}
