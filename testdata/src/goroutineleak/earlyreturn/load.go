package earlyreturn

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Settings are what the service starts with.
type Settings struct {
	Name    string            `json:"name"`
	Region  string            `json:"region"`
	Flags   map[string]string `json:"flags"`
	Version int               `json:"version"`
}

// ErrNoName is returned for settings without a name.
var ErrNoName = errors.New("settings: no name")

// Source yields a document, from a disk or over the network.
type Source interface {
	Read(ctx context.Context) ([]byte, error)
}

// Load reads the local settings and lets the remote flags override them. Both
// sources are read at the same time.
func Load(ctx context.Context, local, remote Source) (*Settings, error) {
	type overrides struct {
		flags map[string]string
		err   error
	}
	fetched := make(chan overrides)
	go func() {
		var o overrides
		data, err := remote.Read(ctx)
		if err != nil {
			o.err = fmt.Errorf("remote flags: %w", err)
		} else {
			o.err = json.Unmarshal(data, &o.flags)
		}
		fetched <- o // want "send on fetched blocks for ever"
	}()

	data, err := local.Read(ctx)
	if err != nil {
		return nil, fmt.Errorf("local settings: %w", err)
	}
	s := new(Settings)
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("local settings: %w", err)
	}
	if s.Name == "" {
		return nil, ErrNoName
	}
	o := <-fetched
	if o.err != nil {
		return nil, o.err
	}
	if s.Flags == nil {
		s.Flags = map[string]string{}
	}
	for k, v := range o.flags {
		s.Flags[k] = v
	}
	return s, nil
}

// Settings are what the service starts with.

// LoadFixed reads the local settings and lets the remote flags override them. Both
// sources are read at the same time.
func LoadFixed(ctx context.Context, local, remote Source) (*Settings, error) {
	type overrides struct {
		flags map[string]string
		err   error
	}
	fetched := make(chan overrides, 1)
	go func() {
		var o overrides
		data, err := remote.Read(ctx)
		if err != nil {
			o.err = fmt.Errorf("remote flags: %w", err)
		} else {
			o.err = json.Unmarshal(data, &o.flags)
		}
		fetched <- o
	}()

	data, err := local.Read(ctx)
	if err != nil {
		return nil, fmt.Errorf("local settings: %w", err)
	}
	s := new(Settings)
	if err := json.Unmarshal(data, s); err != nil {
		return nil, fmt.Errorf("local settings: %w", err)
	}
	if s.Name == "" {
		return nil, ErrNoName
	}
	o := <-fetched
	if o.err != nil {
		return nil, o.err
	}
	if s.Flags == nil {
		s.Flags = map[string]string{}
	}
	for k, v := range o.flags {
		s.Flags[k] = v
	}
	return s, nil
}
