extension SchemaTable {
  /// How clients and the gateway itself prove who they are, also where AI Gateway embeds that.
  static let security = parts(
    """
    fallbackRefs list ..16
      - object ; @servicePort
        fallback bool
        group group = ''
        kind kind = Service
        name! name
        namespace namespace
        port port
        weight int 0..1000000 = 1
    provider object ; !backendRef ; !backendSettings.retry.perRetry.timeout \
        ; !backendSettings.retry.retryOn.httpStatusCodes
      authorizationEndpoint text
      backendRef use serviceRef
      backendRefs use fallbackRefs
      backendSettings use clusterSettings
      endSessionEndpoint text
      issuer! text 1..
      tokenEndpoint text
    oidc object ; clientID | clientIDRef ; clientID => !clientIDRef ; since 0.7 @tokensApart
      clientID text 1..
      clientIDRef use secretRef
      clientSecret! use secretRef
      cookieConfig object
        sameSite choice Lax Strict None
      cookieDomain text cookieDomain ; since next as text subdomain
      cookieNames object
        accessToken text
        idToken text
      csrfTokenTTL duration
      defaultRefreshTokenTTL duration
      defaultTokenTTL duration
      denyRedirect object
        headers! list 1..16
          - object
            name! text 1..
            type choice Exact Prefix Suffix RegularExpression = Exact
            value! text 1..1024
      disableTokenEncryption bool
      forwardAccessToken bool
      forwardIDToken object ; since 0.7
        header! text 1.. ; since next as header ; since next @notHost
      logoutPath text
      passThroughAuthHeader bool
      provider! use provider
      redirectURL text
      refreshToken bool = true
      resources use texts
      scopes use texts
    """, and: cluster)
}
