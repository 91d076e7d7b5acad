/// The fields of a ClientTrafficPolicy that forms keep as they are.
enum ClientTrafficPolicyPassThrough {
  static let facts = SchemaTable.object(table, parts: parts)

  static let http2 = part("http2")

  private static func part(_ name: String) -> ObjectSchema {
    ObjectSchema(facts.property(name)?.fields ?? [])
  }

  private static let table = """
    clientIPDetection object ; xForwardedFor => !customHeader \
        ; since next xForwardedFor | customHeader | directSourceIP \
        ; since next directSourceIP => !xForwardedFor ; since next directSourceIP => !customHeader
      customHeader object
        failClosed bool
        name! text 1..255 plainHeader
      directSourceIP object ; since next
      xForwardedFor object ; numTrustedHops | trustedCIDRs ; numTrustedHops => !trustedCIDRs
        disableXForwardedForAppend bool ; since next
        numTrustedHops int
        trustedCIDRs list 1..
          - text cidr
    enableProxyProtocol bool
    grpc object ; since 0.7
      enableWeb bool
    headers object ; preserveXRequestID => !requestID
      disableRateLimitHeaders bool
      earlyRequestHeaders use headerEdits
      enableEnvoyHeaders bool
      host object ; since next
        stripTrailingHostDot bool
      lateResponseHeaders use headerEdits
      preserveXRequestID bool
      requestID choice PreserveOrGenerate Preserve Generate Disable
      withUnderscoresAction choice Allow RejectRequest DropHeader
      xForwardedClientCert object ; certDetailsToAdd+ => mode=AppendForward,SanitizeSet
        certDetailsToAdd list ..5
          - choice Subject Cert Chain DNS URI
        mode choice Sanitize ForwardOnly AppendForward SanitizeSet AlwaysForwardOnly
    healthCheck object
      path! text 1..1024
    http1 object
      disableSafeMaxConnectionDuration bool
      enableTrailers bool
      http10 object
        useDefaultHost bool
      ignoredUpgradeTypes use stringMatches ; since 0.7
      preserveHeaderCase bool
    http2 use http2
    http3 object
    path object
      disableMergeSlashes bool
      escapedSlashesAction choice KeepUnchanged RejectRequest UnescapeAndForward \
          UnescapeAndRedirect
    proxyProtocol object
      optional bool
    scheme choice Preserve MatchBackend
    tcpKeepalive object
      idleTime duration
      interval duration
      probes int
    tls object ; minVersion=1.3 => !ciphers ; @tlsVersions
      alpnProtocols use texts
      ciphers use texts
      clientValidation object \
          ; since next allowExpiredCertificate=true & mode => mode=VerifyIfGiven,RequireAndVerify
        allowExpiredCertificate bool ; since next
        caCertificateRefs list ..8
          - use secretRef
        certificateHashes use texts
        crl object
          onlyVerifyLeafCertificate bool
          refs! list 1..8
            - use secretRef
        mode choice Request RequireAny VerifyIfGiven RequireAndVerify ; since 0.7
        optional bool
        spkiHashes use texts
        subjectAltNames object
          dnsNames use stringMatches
          emailAddresses use stringMatches
          ipAddresses use stringMatches
          otherNames list
            - object
              oid! text
              type choice Exact Prefix Suffix RegularExpression = Exact
              value! text 1..1024
          uris use stringMatches
      ecdhCurves use texts
      fingerprints list ; since 0.7
        - choice JA3 JA4
      maxVersion choice Auto 1.0 1.1 1.2 1.3
      minVersion choice Auto 1.0 1.1 1.2 1.3
      session object
        resumption object
          stateful object
          stateless object
      signatureAlgorithms use texts
    """

  private static let parts = SchemaTable.parts(
    """
    someHeaders list 1..64 by name
      - object
        name! header
        value! text 1..4096
    headerEdits object
      add use someHeaders
      addIfAbsent use someHeaders
      remove list 1..64 set
        - text
      removeOnMatch list 1..64
        - object
          type choice Exact Prefix Suffix RegularExpression = Exact
          value! text 1..1024
      set use someHeaders
    """, and: SchemaTable.common)
}
