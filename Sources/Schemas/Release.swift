/// A release of AI Gateway for which manifests are written.
package enum Release: String, CaseIterable, Comparable, Sendable {
  case v0_6 = "0.6"
  case v0_7 = "0.7"
  case v1_0 = "1.0"
  case v1_1 = "1.1"

  /// The one that is written for unless another is asked for.
  package static let current = Release.v1_1

  package static func < (left: Release, right: Release) -> Bool { left.edition < right.edition }

  /// The schemas that a cluster of this release has.
  package var edition: Edition {
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
package enum Edition: Int, CaseIterable, Comparable, Sendable {
  case v0_6, v0_7, v1_0, v1_1, next

  package static func < (left: Edition, right: Edition) -> Bool { left.rawValue < right.rawValue }

  /// The edition after it, nil for the last.
  var following: Edition? { Edition(rawValue: rawValue + 1) }

  /// As tables of facts write it.
  init?(_ word: some StringProtocol) {
    if word == "next" {
      self = .next
    } else if let release = Release(rawValue: String(word)) {
      self = release.edition
    } else {
      return nil
    }
  }
}

/// The editions in which a fact holds.
package struct EditionRange: Hashable, Sendable {
  package var since = Edition.v0_6
  package var until = Edition.next

  package static let always = EditionRange()

  package func holds(in edition: Edition) -> Bool { since <= edition && edition <= until }
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

  /// The project's own version in an edition.
  func version(in edition: Edition) -> String {
    switch (self, edition) {
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
  package func since(_ span: EditionRange) -> String? {
    span.since > .v0_6 ? "\(name) \(version(in: span.since))" : nil
  }

  /// Whether some release of the project has the schemas of an edition.
  func has(_ edition: Edition) -> Bool { edition < .next || self == .envoyGateway }

  /// The last edition that a cluster of an edition may have of the project.
  ///
  /// A release of AI Gateway works with later patches and minors of Envoy Gateway; its own kinds
  /// are what it brings.
  func latest(from edition: Edition) -> Edition {
    self == .envoyGateway && edition > .v0_6 ? .next : edition
  }
}
