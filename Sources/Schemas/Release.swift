/// A release of AI Gateway for which manifests are written.
package enum Release: String, CaseIterable, Comparable, Sendable {
  case v0_6 = "0.6"
  case v0_7 = "0.7"
  case v1_0 = "1.0"
  case v1_1 = "1.1"

  /// The one that is written for unless another is asked for.
  package static let current = Release.v1_1

  package static func < (left: Release, right: Release) -> Bool { left.schemaSet < right.schemaSet }

  /// The schemas that a cluster of this release has.
  package var schemaSet: SchemaSet {
    switch self {
    case .v0_6: .v0_6
    case .v0_7: .v0_7
    case .v1_0: .v1_0
    case .v1_1: .v1_1
    }
  }
}

/// A set of CRD versions that are used together: one per AI Gateway release, plus `next` (Envoy
/// Gateway 1.9).
package enum SchemaSet: Int, CaseIterable, Comparable, Sendable {
  case v0_6, v0_7, v1_0, v1_1, next

  package static func < (left: SchemaSet, right: SchemaSet) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The schema set after it, nil for the last.
  var following: SchemaSet? { SchemaSet(rawValue: rawValue + 1) }

  /// As tables of facts write it.
  init?(_ word: some StringProtocol) {
    if word == "next" {
      self = .next
    } else if let release = Release(rawValue: String(word)) {
      self = release.schemaSet
    } else {
      return nil
    }
  }
}

/// The schema sets in which a fact holds.
package struct SchemaSetRange: Hashable, Sendable {
  package var since = SchemaSet.v0_6
  package var until = SchemaSet.next

  package static let always = SchemaSetRange()

  package func holds(in schemaSet: SchemaSet) -> Bool { since <= schemaSet && schemaSet <= until }
}

/// The project that publishes the schema of a kind.
package enum Project: Sendable {
  case aiGateway, envoyGateway, gatewayAPI, inferenceExtension

  init(group: String) {
    switch group {
    case "gateway.envoyproxy.io": self = .envoyGateway
    case "gateway.networking.k8s.io": self = .gatewayAPI
    case "inference.networking.k8s.io": self = .inferenceExtension
    default: self = .aiGateway
    }
  }

  var name: String {
    switch self {
    case .aiGateway: "AI Gateway"
    case .envoyGateway: "Envoy Gateway"
    case .gatewayAPI: "Gateway API"
    case .inferenceExtension: "Inference Extension"
    }
  }

  /// The project's own version in a schema set.
  func version(in schemaSet: SchemaSet) -> String {
    switch (self, schemaSet) {
    case (.aiGateway, .v0_6): "0.6"
    case (.aiGateway, .v0_7): "0.7"
    case (.aiGateway, .v1_0): "1.0"
    case (.aiGateway, .v1_1), (.aiGateway, .next): "1.1"
    case (.envoyGateway, .v0_6): "1.7"
    case (.envoyGateway, .next): "1.9"
    case (.envoyGateway, .v0_7), (.envoyGateway, .v1_0), (.envoyGateway, .v1_1): "1.8"
    case (.gatewayAPI, .v0_6): "1.4"
    case (.gatewayAPI, _): "1.5"
    case (.inferenceExtension, _): "1.0"
    }
  }

  /// Since when a fact holds, by name and version; nil where it always did.
  package func since(_ span: SchemaSetRange) -> String? {
    span.since > .v0_6 ? "\(name) \(version(in: span.since))" : nil
  }

  /// Whether some release of the project has the schemas of a schema set.
  func has(_ schemaSet: SchemaSet) -> Bool { schemaSet < .next || self == .envoyGateway }

  /// The last schema set that a cluster of a schema set may have of the project.
  ///
  /// A release of AI Gateway works with later patches and minors of Envoy Gateway; its own kinds
  /// are what it brings.
  func latest(from schemaSet: SchemaSet) -> SchemaSet {
    self == .envoyGateway && schemaSet > .v0_6 ? .next : schemaSet
  }
}
