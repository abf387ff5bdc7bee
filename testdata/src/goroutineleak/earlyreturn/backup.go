package earlyreturn

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path"
)

// Bucket stores archives.
type Bucket interface {
	Put(ctx context.Context, key string, r io.Reader) error
}

type upload struct {
	key  string
	done chan error
}

type uploader struct {
	bucket Bucket
	prefix string
}

// begin sends an archive on its way.
func (u *uploader) begin(ctx context.Context, key string, data []byte) *upload {
	up := &upload{key: path.Join(u.prefix, key), done: make(chan error)}
	go func() {
		err := u.bucket.Put(ctx, up.key, bytes.NewReader(data))
		if err != nil {
			err = fmt.Errorf("put %s: %w", up.key, err)
		}
		up.done <- err // want "send on up.done blocks for ever"
	}()
	return up
}

// wait returns how the upload ended.
func (u *upload) wait() error { return <-u.done }

// Backup uploads the data together with its index. The catalogue is told of
// the new archive while the data is in flight.
func Backup(ctx context.Context, b Bucket, data []byte, announce func(key string) error) error {
	u := &uploader{bucket: b, prefix: "archives"}
	up := u.begin(ctx, fmt.Sprintf("%x", sha256.Sum256(data)), data)
	if err := announce(up.key); err != nil {
		return fmt.Errorf("announce %s: %w", up.key, err)
	}
	return up.wait()
}

type uploadFixed struct {
	key  string
	done chan error
}

type uploaderFixed struct {
	bucket Bucket
	prefix string
}

// begin sends an archive on its way.
func (u *uploaderFixed) begin(ctx context.Context, key string, data []byte) *uploadFixed {
	up := &uploadFixed{key: path.Join(u.prefix, key), done: make(chan error, 1)}
	go func() {
		err := u.bucket.Put(ctx, up.key, bytes.NewReader(data))
		if err != nil {
			err = fmt.Errorf("put %s: %w", up.key, err)
		}
		up.done <- err
	}()
	return up
}

// wait returns how the uploadFixed ended.
func (u *uploadFixed) wait() error { return <-u.done }

// BackupFixed uploads the data together with its index. The catalogue is told of
// the new archive while the data is in flight.
func BackupFixed(ctx context.Context, b Bucket, data []byte, announce func(key string) error) error {
	u := &uploaderFixed{bucket: b, prefix: "archives"}
	up := u.begin(ctx, fmt.Sprintf("%x", sha256.Sum256(data)), data)
	if err := announce(up.key); err != nil {
		return fmt.Errorf("announce %s: %w", up.key, err)
	}
	return up.wait()
}
