package main

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/vmware/govmomi/vim25/types"
)

// ServeHTTP serves /nfc/TICKET/FILE. The ticket is all the authority that is needed, as on a host.
func (t *transfers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/nfc/"), "/")
	if len(parts) != 2 {
		http.NotFound(w, r)
		return
	}
	l := t.ofTicket(parts[0])
	if l == nil {
		http.NotFound(w, r)
		return
	}
	device := l.device(parts[1])
	if device == nil {
		http.NotFound(w, r)
		return
	}
	switch r.Method {
	case http.MethodGet:
		l.download(w, device)
	case http.MethodPut, http.MethodPost:
		l.upload(w, r, device)
	default:
		http.Error(w, "", http.StatusMethodNotAllowed)
	}
}

// download streams without a length, as a server does that compresses while it reads.
func (l *lease) download(w http.ResponseWriter, device *leaseDevice) {
	source, err := l.content(device)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer source.Close()
	w.Header().Set("Content-Type", "application/x-vnd.vmware-streamVmdk")
	l.transfer(device, flushing{w}, source)
}

func (l *lease) upload(w http.ResponseWriter, r *http.Request, device *leaseDevice) {
	if l.settings.DiscardUploads {
		if l.transfer(device, io.Discard, r.Body) {
			w.WriteHeader(http.StatusCreated)
		}
		return
	}
	file, err := os.CreateTemp(l.transfers.folder, "upload-")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer file.Close()
	if l.transfer(device, file, r.Body) {
		l.mu.Lock()
		device.file = file.Name()
		l.mu.Unlock()
		w.WriteHeader(http.StatusCreated)
	}
}

// transfer copies, hashes, limits and, if asked to, breaks. It returns false when the bytes did not
// all arrive; the connection is then cut.
func (l *lease) transfer(device *leaseDevice, to io.Writer, from io.Reader) bool {
	one, two := sha1.New(), sha256.New()
	breakAfter := l.transfers.takeBreak()
	if breakAfter > 0 {
		from = io.LimitReader(from, breakAfter)
	}
	if rate := l.settings.BytesPerSecond; rate > 0 {
		from = &limited{from, rate}
	}
	size, err := io.CopyBuffer(io.MultiWriter(to, one, two), from, make([]byte, 256<<10))
	if err != nil || breakAfter > 0 {
		panic(http.ErrAbortHandler) // net/http cuts the connection and says nothing
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	device.size = size
	device.sha1 = hex.EncodeToString(one.Sum(nil))
	device.sha256 = hex.EncodeToString(two.Sum(nil))
	return true
}

// content is what was uploaded once, or else bytes that depend on the machine and the disk only.
func (l *lease) content(device *leaseDevice) (io.ReadCloser, error) {
	if file, ok := l.transfers.uploaded(fileOf{l.machine, device.index}); ok {
		return os.Open(file)
	}
	size := l.settings.DiskBytes
	if !device.disk {
		size = nvramBytes
	}
	return io.NopCloser(io.LimitReader(newNoise(l.machine, device.target), size)), nil
}

// newNoise is an endless stream of bytes that do not compress and are always the same.
func newNoise(machine types.ManagedObjectReference, name string) io.Reader {
	return rand.NewChaCha8(sha256.Sum256([]byte(machine.Value + "/" + name)))
}

// limited reads at most so many bytes a second.
type limited struct {
	io.Reader
	bytesPerSecond int64
}

func (l *limited) Read(into []byte) (int, error) {
	portion := max(1, l.bytesPerSecond/20)
	if int64(len(into)) > portion {
		into = into[:portion]
	}
	n, err := l.Reader.Read(into)
	time.Sleep(time.Duration(n) * time.Second / time.Duration(l.bytesPerSecond))
	return n, err
}

// flushing sends every portion at once.
type flushing struct{ http.ResponseWriter }

func (f flushing) Write(portion []byte) (int, error) {
	n, err := f.ResponseWriter.Write(portion)
	if flusher, ok := f.ResponseWriter.(http.Flusher); ok {
		flusher.Flush()
	}
	if err != nil {
		return n, fmt.Errorf("the client is gone: %w", err)
	}
	return n, nil
}
