import Testing

@testable import Simulation

@Suite struct PriorityLoadTests {
  /// Expected from envoyproxy/envoy, source/common/upstream/load_balancer_impl.cc:
  /// recalculatePerPriorityState and recalculateLoadInTotalPanic.
  @Test(
    "priorities get what their healthy hosts can take, and all their hosts' share in panic",
    arguments: [
      (hosts: [(1, 1), (1, 1)], threshold: 50, loads: [100, 0], panicking: []),
      (hosts: [(0, 1), (2, 2)], threshold: 50, loads: [0, 100], panicking: []),
      (hosts: [(2, 3), (1, 1)], threshold: 50, loads: [93, 7], panicking: []),
      (hosts: [(1, 3), (1, 3)], threshold: 50, loads: [50, 50], panicking: [0, 1]),
      (hosts: [(0, 1), (1, 3)], threshold: 50, loads: [25, 75], panicking: [0, 1]),
      (hosts: [(0, 2), (2, 3)], threshold: 50, loads: [0, 100], panicking: [0]),
      (hosts: [(0, 1), (1, 3)], threshold: 0, loads: [0, 100], panicking: []),
      (hosts: [(1, 3)], threshold: 50, loads: [100], panicking: [0]),
    ])
  func spread(
    hosts: [(healthy: Int, all: Int)], threshold: Int, loads: [Int], panicking: [Int]
  ) {
    let tiers = Dictionary(uniqueKeysWithValues: hosts.enumerated().map { ($0, $1) })
    let spread = PriorityLoad(tiers, panicBelow: threshold)
    #expect(hosts.indices.map { spread.loads[$0] ?? 0 } == loads)
    #expect(spread.panicking == Set(panicking))
  }
}
