package main

import (
	"crypto/tls"
	"net"
	"net/http"
	"sync"
)

// front is the TLS listener clients connect to. It knows its sockets, so that a test can cut them.
type front struct {
	server   *http.Server
	listener net.Listener
	mu       sync.Mutex
	sockets  map[*net.TCPConn]struct{}
	refusals []int
}

func newFront(address string, certificate tls.Certificate, handler http.Handler) (*front, error) {
	f := &front{sockets: make(map[*net.TCPConn]struct{})}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	f.listener = listener
	f.server = &http.Server{Handler: f.refuseOr(handler)}
	f.server.TLSConfig = &tls.Config{
		Certificates: []tls.Certificate{certificate},
		NextProtos:   []string{"http/1.1"},
		ClientAuth:   tls.RequestClientCert,
	}
	return f, nil
}

func (f *front) address() string {
	return f.listener.Addr().String()
}

func (f *front) serve() error {
	return f.server.Serve(tls.NewListener(trackingListener{f.listener, f}, f.server.TLSConfig))
}

func (f *front) close() {
	_ = f.server.Close()
	_ = f.listener.Close()
}

// dropConnections cuts every open socket with a reset, as a dying server or a firewall does.
// It returns how many there were.
func (f *front) dropConnections() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	for socket := range f.sockets {
		_ = socket.SetLinger(0)
		_ = socket.Close()
	}
	return len(f.sockets)
}

// refuseNext lets the next calls of the API fail with the given HTTP status.
func (f *front) refuseNext(status, count int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for range count {
		f.refusals = append(f.refusals, status)
	}
}

func (f *front) takeRefusal() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.refusals) == 0 {
		return 0
	}
	status := f.refusals[0]
	f.refusals = f.refusals[1:]
	return status
}

func (f *front) refuseOr(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sdk" {
			if status := f.takeRefusal(); status != 0 {
				http.Error(w, http.StatusText(status), status)
				return
			}
		}
		handler.ServeHTTP(w, r)
	})
}

type trackingListener struct {
	net.Listener
	front *front
}

func (l trackingListener) Accept() (net.Conn, error) {
	connection, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	socket, ok := connection.(*net.TCPConn)
	if !ok {
		return connection, nil
	}
	l.front.mu.Lock()
	l.front.sockets[socket] = struct{}{}
	l.front.mu.Unlock()
	return &trackedSocket{TCPConn: socket, front: l.front}, nil
}

type trackedSocket struct {
	*net.TCPConn
	front *front
}

func (s *trackedSocket) Close() error {
	s.front.mu.Lock()
	delete(s.front.sockets, s.TCPConn)
	s.front.mu.Unlock()
	return s.TCPConn.Close()
}
