package app

import (
	"context"
	"errors"
	"net"
	"syscall"

	"jieli/internal/domain"
)

// listen opens the address. An address that is taken is told apart from one that does not exist: the first is the
// usual mistake, with an easy way out.
func listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err == nil {
		return listener, nil
	}
	key := "app.cannot_listen"
	if errors.Is(err, syscall.EADDRINUSE) {
		key = "app.address_in_use"
	}
	return nil, &domain.Error{Kind: domain.KindBusy, Key: key, Field: "listen", Params: domain.Params{"address": address}, Cause: err}
}

// isLoopback says whether only this machine can reach the address. A name is looked up, as listening would do.
func isLoopback(address string) bool {
	tcp, err := net.ResolveTCPAddr("tcp", address)
	return err == nil && tcp.IP.IsLoopback()
}
