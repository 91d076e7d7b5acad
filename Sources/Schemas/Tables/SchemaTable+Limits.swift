extension SchemaTable {
  /// What of a request rate limits and quotas tell apart.
  static let limits = parts(
    """
    limitedValue object # A header or parameter of the request.
      invert bool = false # Whether requests without this value are meant; not for type Distinct.
      name! text 1..256 # The name of the header or parameter.
      type choice Exact RegularExpression Distinct = Exact \
          # How the value is compared; Distinct gives each value a limit of its own.
      value text ..1024 \
          # The text or the regular expression to compare with; none for type Distinct.
    limitedRequests object
      methods list # The methods of the request, any of which fits.
        - object # A method of the request.
          invert bool = false # Whether every other method is meant.
          value! choice GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH \
              # The HTTP method.
      path use requestPath
      queryParams list ..16 # Query parameters that the request must have, all of them.
        - use limitedValue
      sourceCIDR object # The address of the client.
        invert bool = false ; since 0.7 # Whether every address outside the range is meant.
        type choice Exact Distinct = Exact \
            # Whether all addresses of the range share the limit (Exact) or each has its \
            own (Distinct).
        value! text 1..256 # The range of addresses, such as 192.168.0.0/24.
    """, and: envoyGateway)
}
