package serviceloop

import (
	"context"
	"io/fs"
	"log/slog"
	"time"
)

// Uploader uploads files one by one, until its context ends.
type Uploader struct {
	files chan string
}

// NewUploader starts an uploader.
func NewUploader(ctx context.Context, put func(context.Context, string) error) *Uploader {
	u := &Uploader{files: make(chan string)}
	go func() {
		for {
			select {
			case f := <-u.files:
				if err := put(ctx, f); err != nil {
					slog.WarnContext(ctx, "upload", "file", f, "err", err)
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return u
}

// Upload hands a file over.
func (u *Uploader) Upload(file string) error {
	if file == "" {
		return fs.ErrInvalid
	}
	u.files <- file // want "send on u.files blocks for ever"
	return nil
}

// UploadAll uploads the files within a time.
func UploadAll(files []string, limit time.Duration, put func(context.Context, string) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	u := NewUploader(ctx, put)
	for _, f := range files {
		if err := u.Upload(f); err != nil {
			return err
		}
	}
	return nil
}

// UploaderFixed uploads files one by one, until its context ends.
type UploaderFixed struct {
	ctx   context.Context
	files chan string
}

// NewUploaderFixed starts an uploader.
func NewUploaderFixed(ctx context.Context, put func(context.Context, string) error) *UploaderFixed {
	u := &UploaderFixed{files: make(chan string)}
	u.ctx = ctx
	go func() {
		for {
			select {
			case f := <-u.files:
				if err := put(ctx, f); err != nil {
					slog.WarnContext(ctx, "upload", "file", f, "err", err)
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return u
}

// Upload hands a file over.
func (u *UploaderFixed) Upload(file string) error {
	if file == "" {
		return fs.ErrInvalid
	}
	select {
	case u.files <- file:
		return nil
	case <-u.ctx.Done():
		return u.ctx.Err()
	}
}

// UploadAllFixed uploads the files within a time.
func UploadAllFixed(files []string, limit time.Duration, put func(context.Context, string) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	u := NewUploaderFixed(ctx, put)
	for _, f := range files {
		if err := u.Upload(f); err != nil {
			return err
		}
	}
	return nil
}
