/// A release of AI Gateway for which manifests are written (domain.md 7).
package enum Release: String, CaseIterable, Comparable, Sendable {
  case v0_6 = "0.6"
  case v0_7 = "0.7"
  case v1_0 = "1.0"
  case v1_1 = "1.1"

  private var rank: Int {
    switch self {
    case .v0_6: 0
    case .v0_7: 1
    case .v1_0: 2
    case .v1_1: 3
    }
  }

  package static func < (left: Release, right: Release) -> Bool { left.rank < right.rank }
}
