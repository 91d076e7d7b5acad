/// How Envoy spreads requests over the priorities of a cluster while some of its hosts are known to
/// be unhealthy (envoyproxy/envoy v1.38.1, source/common/upstream/load_balancer_impl.cc).
///
/// A priority is as available as 1.4 times its healthy fraction; what it cannot take goes to the
/// next. Where all together are not fully available, a priority whose healthy fraction is below the
/// panic threshold sends to all of its hosts alike; where that holds for every priority, each gets
/// its share of all hosts.
struct PriorityLoad {
  /// The per cent of all requests that each priority gets.
  let loads: [Int: Int]
  /// The priorities that send to all of their hosts.
  let panicking: Set<Int>

  /// `hosts` are the priorities, with how many hosts of each are healthy and how many there are.
  init(_ hosts: [Int: (healthy: Int, all: Int)], panicBelow threshold: Int) {
    let tiers = hosts.keys.sorted()
    let availability = tiers.map { tier -> Int in
      guard let (healthy, all) = hosts[tier], all > 0 else { return 0 }
      return min(100, 140 * healthy / all)
    }
    let total = min(100, availability.reduce(0, +))
    var loads: [Int: Int] = [:]
    var rest = 100
    for (tier, available) in zip(tiers, availability) where total > 0 {
      let load = min(rest, available * 100 / total)
      loads[tier] = load
      rest -= load
    }
    panicking = Set(
      total == 100
        ? [] : tiers.filter { 100 * (hosts[$0]?.healthy ?? 0) < threshold * (hosts[$0]?.all ?? 0) })
    var weights = availability
    if panicking.count == tiers.count {
      weights = tiers.map { hosts[$0]?.all ?? 0 }
      let count = weights.reduce(0, +)
      rest = 100
      for (tier, all) in zip(tiers, weights) where count > 0 {
        loads[tier] = 100 * all / count
        rest -= 100 * all / count
      }
    }
    // What rounding leaves goes to the first that takes any.
    if let first = zip(tiers, weights).first(where: { $1 > 0 })?.0 {
      loads[first, default: 0] += rest
    }
    self.loads = loads
  }
}
