/// Sizes in bytes as the policies write them: `50Mi`, `512k`, `32768` (kubernetes/kubernetes
/// v1.36.2, staging/src/k8s.io/apimachinery/pkg/api/resource).
package enum Quantity {
  /// The number of bytes, `Int64.max` where it is more; nil for text that is no size.
  package static func bytes(_ text: String) -> Int64? {
    var value: Int64 = 0
    var digits = 0
    var unit = ""
    for byte in text.utf8 {
      if byte.isDigit, unit.isEmpty {
        // A leading zero is refused by the schema, so `05Mi` and `0` are no sizes.
        if digits == 0, byte == UInt8(ascii: "0") { return nil }
        value = product(value, 10)
        let (sum, overflow) = value.addingReportingOverflow(Int64(byte - 0x30))
        value = overflow ? .max : sum
        digits += 1
      } else {
        unit.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    guard digits > 0, let factor = factor(of: unit) else { return nil }
    return product(value, factor)
  }

  private static func product(_ left: Int64, _ right: Int64) -> Int64 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? .max : product
  }

  private static func factor(of unit: String) -> Int64? {
    switch unit {
    case "": 1
    case "k": 1000
    case "M": 1_000_000
    case "G": 1_000_000_000
    case "T": 1_000_000_000_000
    case "P": 1_000_000_000_000_000
    case "E": 1_000_000_000_000_000_000
    case "Ki": 1 << 10
    case "Mi": 1 << 20
    case "Gi": 1 << 30
    case "Ti": 1 << 40
    case "Pi": 1 << 50
    case "Ei": 1 << 60
    default: nil
    }
  }
}
