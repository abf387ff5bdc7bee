package slots

import (
	"errors"
	"fmt"
)

var errNoName = errors.New("a file without a name")

// Uploader sends files, two at a time at most.
type Uploader struct {
	slots chan struct{}
	send  func(string) error
}

// NewUploader makes an uploader.
func NewUploader(send func(string) error) *Uploader {
	return &Uploader{slots: make(chan struct{}, 2), send: send}
}

// Upload sends a file.
func (u *Uploader) Upload(name string) error {
	u.slots <- struct{}{} // want "send on u.slots blocks for ever when Upload is called again and again"
	if name == "" {
		return errNoName
	}
	if err := u.send(name); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	<-u.slots
	return nil
}

// UploaderFixed sends files, two at a time at most.
type UploaderFixed struct {
	slots chan struct{}
	send  func(string) error
}

// NewUploaderFixed makes an uploader.
func NewUploaderFixed(send func(string) error) *UploaderFixed {
	return &UploaderFixed{slots: make(chan struct{}, 2), send: send}
}

// Upload sends a file.
func (u *UploaderFixed) Upload(name string) error {
	u.slots <- struct{}{}
	defer func() { <-u.slots }()
	if name == "" {
		return errNoName
	}
	if err := u.send(name); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}
