import Schemas

/// Which listeners for HTTPS on one port show certificates with a name in common, as far as the
/// documents say: a Secret that both name, or names that are the same or of which one lies under the
/// other, a wildcard (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go,
/// checkOverlappingCertificates).
package struct CertificateOverlaps {
  private enum Key: Hashable {
    /// A certificate whose names are not known.
    case secret(ObjectKey)
    case name(String)
    /// A wildcard under which a name lies.
    case parent(String)
  }

  private let places: [KnownListener]
  /// Of the listeners that have each key, the first two, by their places.
  private var owners: [Key: [Int]] = [:]
  /// What each listener shares with others, by its title.
  private var asked: [String: [Key]] = [:]

  /// Reads the certificates of listeners on one port, in their order.
  package init(among places: [KnownListener], in index: ResourceIndex) {
    self.places = places
    for (place, known) in places.enumerated() where known.listener.protocolName == "HTTPS" {
      for (use, problem) in index.certificates(of: known.listener, on: known.gateway)
      where problem == nil {
        guard let names = index.stored("Secret", use.secret)?.certificateHosts else {
          add([.secret(use.secret)], asking: [.secret(use.secret)], place)
          continue
        }
        for name in names {
          let parent = "*" + name.drop { $0 != "." }
          add(
            name.hasPrefix("*") ? [.name(name)] : [.name(name), .parent(parent)],
            asking: [.name(name), name.hasPrefix("*") ? .parent(name) : .name(parent)], place)
        }
      }
    }
  }

  private mutating func add(_ own: [Key], asking keys: [Key], _ place: Int) {
    for key in own where owners[key, default: []].count < 2 && owners[key]?.last != place {
      owners[key, default: []].append(place)
    }
    asked[places[place].title, default: []] += keys
  }

  /// Another listener with a name in common, nil without one.
  package func sharer(with place: KnownListener) -> KnownListener? {
    for key in asked[place.title] ?? [] {
      for other in owners[key] ?? [] where !places[other].isSame(as: place) { return places[other] }
    }
    return nil
  }
}

extension StoredData {
  /// The DNS names of the certificate that is valid now; nil where it cannot be read here.
  fileprivate var certificateHosts: [String]? {
    entry("tls.crt")?.blocks?.first(where: Entry.isValid).flatMap {
      CertificateName.hosts(ofCertificate: $0.bytes)
    }
  }
}
