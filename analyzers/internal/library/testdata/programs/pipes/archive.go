package pipes

import (
	"compress/gzip"
	"fmt"
	"io"
)

// Bucket stores objects.
type Bucket interface {
	Put(key string, r io.Reader) error
}

// Archive compresses src on its way to the bucket.
func Archive(b Bucket, key string, src io.Reader) error {
	pr, pw := io.Pipe()
	go func() {
		zw := gzip.NewWriter(pw)
		_, err := io.Copy(zw, src) // stuck: Archive
		if err == nil {
			err = zw.Close()
		}
		pw.CloseWithError(err)
	}()
	if err := b.Put(key, pr); err != nil {
		return fmt.Errorf("archive %s: %w", key, err)
	}
	return nil
}

// ArchiveFixed compresses src on its way to the bucket.
func ArchiveFixed(b Bucket, key string, src io.Reader) error {
	pr, pw := io.Pipe()
	go func() {
		zw := gzip.NewWriter(pw)
		_, err := io.Copy(zw, src)
		if err == nil {
			err = zw.Close()
		}
		pw.CloseWithError(err)
	}()
	if err := b.Put(key, pr); err != nil {
		pr.CloseWithError(err)
		return fmt.Errorf("archive %s: %w", key, err)
	}
	return nil
}
