package main

import (
	"os"
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// The methods run under the lease's lock, on behalf of the caller.

// HttpNfcLeaseComplete ends the lease; the server forgets it.
func (l *lease) HttpNfcLeaseComplete(ctx *simulator.Context, _ *types.HttpNfcLeaseComplete) soap.HasFault {
	body := new(methods.HttpNfcLeaseCompleteBody)
	if body.Fault_ = l.refuse(true); body.Fault_ != nil {
		return body
	}
	l.keepUploads()
	l.succeed(ctx)
	ctx.Session.Remove(ctx, l.Self)
	body.Res = new(types.HttpNfcLeaseCompleteResponse)
	return body
}

// HttpNfcLeaseAbort ends the lease: an exported machine is free again, an imported one is removed.
func (l *lease) HttpNfcLeaseAbort(ctx *simulator.Context, request *types.HttpNfcLeaseAbort) soap.HasFault {
	body := new(methods.HttpNfcLeaseAbortBody)
	if body.Fault_ = l.refuse(false); body.Fault_ != nil {
		return body
	}
	var fault types.BaseMethodFault = &types.RequestCanceled{}
	message := "The operation was canceled."
	if request.Fault != nil {
		fault, message = request.Fault.Fault, request.Fault.LocalizedMessage
	}
	l.fail(ctx, fault, message)
	ctx.Session.Remove(ctx, l.Self)
	body.Res = new(types.HttpNfcLeaseAbortResponse)
	return body
}

// HttpNfcLeaseProgress keeps the lease alive.
func (l *lease) HttpNfcLeaseProgress(ctx *simulator.Context, request *types.HttpNfcLeaseProgress) soap.HasFault {
	body := new(methods.HttpNfcLeaseProgressBody)
	if body.Fault_ = l.refuse(false); body.Fault_ != nil {
		return body
	}
	if l.timeout != nil {
		l.timeout.Reset(l.patience())
	}
	ctx.Update(l, []types.PropertyChange{{Name: "transferProgress", Val: request.Percent}})
	ctx.Map.AtomicUpdate(ctx, l.task, []types.PropertyChange{{Name: "info.progress", Val: request.Percent}})
	body.Res = new(types.HttpNfcLeaseProgressResponse)
	return body
}

// HttpNfcLeaseSetManifestChecksumType chooses what the manifest tells, before anything is transferred.
func (l *lease) HttpNfcLeaseSetManifestChecksumType(_ *simulator.Context, request *types.HttpNfcLeaseSetManifestChecksumType) soap.HasFault {
	body := new(methods.HttpNfcLeaseSetManifestChecksumTypeBody)
	if body.Fault_ = l.refuse(true); body.Fault_ != nil {
		return body
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, pair := range request.DeviceUrlsToChecksumTypes {
		device := l.deviceOfKey(pair.Key)
		if device == nil || !slices.Contains(new(types.HttpNfcLeaseManifestEntryChecksumType).Strings(), pair.Value) {
			body.Fault_ = simulator.Fault("A specified parameter was not correct.", &types.InvalidArgument{InvalidProperty: "deviceUrlsToChecksumTypes"})
			return body
		}
		device.checksumType = pair.Value
	}
	body.Res = new(types.HttpNfcLeaseSetManifestChecksumTypeResponse)
	return body
}

func (l *lease) deviceOfKey(key string) *leaseDevice {
	for _, device := range l.devices {
		if device.url.Key == key {
			return device
		}
	}
	return nil
}

// HttpNfcLeaseGetManifest lists what was transferred so far.
func (l *lease) HttpNfcLeaseGetManifest(*simulator.Context, *types.HttpNfcLeaseGetManifest) soap.HasFault {
	body := new(methods.HttpNfcLeaseGetManifestBody)
	if body.Fault_ = l.refuse(true); body.Fault_ != nil {
		return body
	}
	body.Res = new(types.HttpNfcLeaseGetManifestResponse)
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, device := range l.devices {
		if device.sha1 == "" {
			continue
		}
		kind, checksum := string(types.HttpNfcLeaseManifestEntryChecksumTypeSha256), device.sha256
		if device.checksumType == string(types.HttpNfcLeaseManifestEntryChecksumTypeSha1) {
			kind, checksum = device.checksumType, device.sha1
		}
		body.Res.Returnval = append(body.Res.Returnval, types.HttpNfcLeaseManifestEntry{
			Key:           device.url.Key,
			Sha1:          device.sha1,
			Checksum:      checksum,
			ChecksumType:  kind,
			Size:          device.size,
			Disk:          device.disk,
			Capacity:      device.capacity,
			PopulatedSize: device.size,
		})
	}
	return body
}

// refuse is the fault of a call that comes too late, or before the lease is ready.
func (l *lease) refuse(needsReady bool) *soap.Fault {
	if _, expired := faultOf(l.Error).(*types.Timedout); expired {
		return simulator.Fault("The lease has timed out.", &types.Timedout{})
	}
	if l.over || (needsReady && l.State != types.HttpNfcLeaseStateReady) {
		return simulator.Fault("The operation is not allowed in the current state.", &types.InvalidState{})
	}
	return nil
}

func faultOf(localized *types.LocalizedMethodFault) types.BaseMethodFault {
	if localized == nil {
		return nil
	}
	return localized.Fault
}

// keepUploads lets what was uploaded be what is exported later.
func (l *lease) keepUploads() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, device := range l.devices {
		if device.index != otherFile && device.file != "" {
			l.transfers.keep(fileOf{l.machine, device.index}, device.file)
		}
	}
}

// dropUploads removes what was uploaded for nothing.
func (l *lease) dropUploads() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, device := range l.devices {
		if device.file != "" {
			_ = os.Remove(device.file)
		}
	}
}
