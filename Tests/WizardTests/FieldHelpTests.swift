import RouteForm
import Schemas
import YAML
import Testing

@testable import Wizard

@Suite("the help of fields that cards lead to")
struct FieldHelpTests {
  /// A field below the spec of an object.
  private struct Place {
    let path: String
    let name: String
    let help: String
  }

  /// Every field, row and entry that cards lead to from the spec of a kind, in every schema set.
  private static func places(of kind: ResourceKind) -> [Place] {
    var places: [Place] = []
    for schemaSet in SchemaSet.allCases {
      guard let spec = kind.property(at: Path([.key("spec")])) else { continue }
      visit(spec, "\(kind.kind) spec", in: schemaSet) {
        places.append(Place(path: $0, name: $1.name, help: $1.help))
      }
    }
    return places
  }

  private static func visit(
    _ property: Property, _ path: String, in schemaSet: SchemaSet,
    _ body: (String, Property) -> Void
  ) {
    let facts = property.resolved(in: schemaSet)
    body(path, facts)
    switch facts.schema {
    case .object(let object):
      for field in object.properties { visit(field, "\(path).\(field.name)", in: schemaSet, body) }
    case .list(let list): visit(list.item, "\(path)[]", in: schemaSet, body)
    case .map(let map): visit(map.value, "\(path){}", in: schemaSet, body)
    case .string, .integer, .boolean, .quantity, .any: break
    }
  }

  /// The kinds that the wizard writes; those of InferencePools, backends, routes and what Envoy
  /// Gateway does to their requests, too.
  private static let kinds: [ResourceKind] =
    ResourceKind.written + [
      .gatewayClass, .envoyProxy, .gateway, .aiServiceBackend, .backend, .backendTLSPolicy,
      .backendSecurityPolicy, .inferencePool, .httpRoute, .httpRouteFilter, .mcpRoute,
      .quotaPolicy, .securityPolicy, .envoyExtensionPolicy,
    ]

  @Test("every field of the kind has a sentence as its help", arguments: kinds.map(\.kind))
  func sentences(kind: String) throws {
    let resource = try #require(Self.kinds.first { $0.kind == kind })
    for place in Self.places(of: resource) {
      #expect(place.help.hasSuffix("."), "\(place.path): \(place.help)")
      #expect(!place.help.contains("  "), "\(place.path): \(place.help)")
      #expect(place.help != "Kept as found.", "\(place.path)")
    }
  }

  @Test("no more than three names of fields share one help")
  func distinct() {
    var names: [String: Set<String>] = [:]
    for place in Self.kinds.flatMap(Self.places) {
      names[place.help, default: []].insert(place.name)
    }
    for (help, names) in names { #expect(names.count <= 3, "\(help): \(names.sorted())") }
  }

  @Test("the card of a policy shows the help of the field with the focus")
  func shown() {
    var robot = Robot(.weightedSplit)
    robot.go("retry.spec.circuitBreaker.maxPendingRequests")
    #expect(robot.screen.contains("The largest number of requests that wait for a connection."))
    robot.go("policy.spec.http1.preserveHeaderCase")
    #expect(robot.screen.contains("Whether header names keep their upper and lower case"))
  }
}
