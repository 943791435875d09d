package main

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// peer is one running vCenter: the simulator, the listener tests talk to, and the control interface.
type peer struct {
	options     options
	model       *simulator.Model
	inventory   *inventory
	extension   *extension
	lostAnswers *lostAnswers
	certificate tls.Certificate
	front       *front
	control     *http.Server
	controlURL  string
	startedIn   time.Duration
}

// readiness is the one line printed on stdout when the peer accepts calls.
type readiness struct {
	URL               string `json:"url"`
	Control           string `json:"control"`
	FingerprintSha256 string `json:"fingerprintSha256"`
	ThumbprintSha1    string `json:"thumbprintSha1"`
	Machines          int    `json:"machines"`
	StartedInMs       int64  `json:"startedInMs"`
}

func startPeer(options options, quit func()) (*peer, error) {
	began := time.Now()
	certificate, err := loadCertificate(options.certificate, options.key)
	if err != nil {
		return nil, err
	}
	model := simulator.VPX()
	emptyModel(model)
	if err := model.Create(); err != nil {
		return nil, err
	}
	p := &peer{options: options, model: model, certificate: certificate, lostAnswers: newLostAnswers()}
	if p.inventory, err = buildInventory(model, options.inventory); err != nil {
		model.Remove()
		return nil, err
	}
	p.extension = extend(model.Map())
	if err := p.serve(quit); err != nil {
		p.close()
		return nil, err
	}
	p.startedIn = time.Since(began)
	return p, nil
}

// serve opens the vCenter listener and the control listener.
func (p *peer) serve(quit func()) error {
	service := p.model.Service
	user := url.UserPassword(p.options.username, p.options.password)
	// NewServer registers the handlers; its own listener is of no use here, because it offers no
	// way to cut connections, so it is closed and the same mux is served by the front.
	service.Listen = &url.URL{Host: "127.0.0.1:0", User: user}
	service.RegisterEndpoints = true
	service.NewServer().Close()

	var err error
	if p.front, err = newFront(p.options.listen, p.certificate, p.lostAnswers.loseOr(p.routes())); err != nil {
		return err
	}
	address := p.front.address()
	p.extension.transfers.address = address
	p.extension.transfers.thumbprint = thumbprintSha1(p.certificate)
	if p.extension.transfers.folder, err = p.inventory.home(); err != nil {
		return err
	}
	p.model.Map().SessionManager().ServiceHostName = address
	p.model.Map().OptionManager().UpdateOptions(&types.UpdateOptions{ChangedValue: []types.BaseOptionValue{
		&types.OptionValue{Key: "vcsim.server.url", Value: p.url()},
		&types.OptionValue{
			Key:   "config.vmacore.soap.sessionTimeout",
			Value: (time.Duration(p.options.sessionTimeout) * time.Second).String(),
		},
	}})

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	p.controlURL = "http://" + listener.Addr().String()
	p.control = &http.Server{Handler: newControl(p, quit)}
	go func() { _ = p.control.Serve(listener) }()
	go func() { _ = p.front.serve() }()
	return nil
}

// routes are the simulator's, but for the files of leases.
func (p *peer) routes() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/nfc/") {
			p.extension.transfers.ServeHTTP(w, r)
			return
		}
		p.model.Service.ServeMux.ServeHTTP(w, r)
	})
}

func (p *peer) url() string {
	return fmt.Sprintf("https://%s/sdk", p.front.address())
}

func (p *peer) ready() readiness {
	return readiness{
		URL:               p.url(),
		Control:           p.controlURL,
		FingerprintSha256: fingerprintSha256(p.certificate),
		ThumbprintSha1:    thumbprintSha1(p.certificate),
		Machines:          len(p.model.Map().All("VirtualMachine")),
		StartedInMs:       p.startedIn.Milliseconds(),
	}
}

func (p *peer) close() {
	if p.front != nil {
		p.front.close()
	}
	if p.control != nil {
		_ = p.control.Close()
	}
	p.model.Remove()
}
