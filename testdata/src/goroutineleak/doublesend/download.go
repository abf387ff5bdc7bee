package doublesend

import "fmt"

// Blob is what was downloaded.
type Blob struct {
	Data []byte
	Err  error
}

// Download fetches an object and returns its content.
func Download(get func(key string) ([]byte, error), key string) ([]byte, error) {
	blobs := make(chan Blob)
	go func() {
		data, err := get(key)
		if err != nil {
			blobs <- Blob{Err: fmt.Errorf("get %s: %w", key, err)}
		}
		if len(data) == 0 {
			data = []byte{}
		}
		blobs <- Blob{Data: data} // want "send on blobs blocks for ever"
	}()
	b := <-blobs
	return b.Data, b.Err
}

// DownloadFixed fetches an object and returns its content.
func DownloadFixed(get func(key string) ([]byte, error), key string) ([]byte, error) {
	blobs := make(chan Blob)
	go func() {
		data, err := get(key)
		if err != nil {
			blobs <- Blob{Err: fmt.Errorf("get %s: %w", key, err)}
			return
		}
		if len(data) == 0 {
			data = []byte{}
		}
		blobs <- Blob{Data: data}
	}()
	b := <-blobs
	return b.Data, b.Err
}
