package httpapi

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// sourceOf is the address that a request came from: an IPv4 address, or the /64 network of an IPv6 one, since one
// subscriber holds all of that. Behind a proxy it is the last hop that the proxy itself wrote down.
func (s *server) sourceOf(r *http.Request) string {
	address := r.RemoteAddr
	if hops := r.Header.Values("X-Forwarded-For"); s.options.BehindProxy && len(hops) > 0 {
		last := hops[len(hops)-1]
		address = strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
	}
	ip, ok := addressOf(address)
	if !ok {
		return "unknown"
	}
	if ip.Is6() {
		network, _ := ip.Prefix(64) // 64 bits are never too many for IPv6
		return network.String()
	}
	return ip.String()
}

func addressOf(s string) (netip.Addr, bool) {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	ip, err := netip.ParseAddr(s)
	return ip.Unmap().WithZone(""), err == nil
}

// isLocal says whether a process on this machine asks for itself: a proxy would name whom it asks for.
func isLocal(r *http.Request) bool {
	ip, ok := addressOf(r.RemoteAddr)
	return ok && ip.IsLoopback() && r.Header.Get("X-Forwarded-For") == "" && r.Header.Get("Forwarded") == ""
}
