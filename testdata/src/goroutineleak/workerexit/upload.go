package workerexit

import "sync"

// uploaders is how many files are on their way at once.
const uploaders = 4

// Upload puts files with four workers, each of which gives up at its first error. What
// is queued hides for a while that nobody is left.
func Upload(files []string, put func(string) error) (failed int) {
	queue := make(chan string, 16)
	errs := make(chan error, uploaders)
	var wg sync.WaitGroup
	for range uploaders {
		wg.Go(func() {
			for f := range queue {
				if err := put(f); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	go func() {
		defer close(queue)
		for _, f := range files {
			queue <- f // want "send on queue blocks for ever: the buffer is full and nobody receives from queue"
		}
	}()
	wg.Wait()
	return len(errs)
}

// UploadFixed has workers that take what they do not put.
func UploadFixed(files []string, put func(string) error) (failed int) {
	queue := make(chan string, 16)
	errs := make(chan error, uploaders)
	var wg sync.WaitGroup
	for range uploaders {
		wg.Go(func() {
			for f := range queue {
				if err := put(f); err != nil {
					errs <- err
					break
				}
			}
			for range queue {
			}
		})
	}
	go func() {
		defer close(queue)
		for _, f := range files {
			queue <- f
		}
	}()
	wg.Wait()
	return len(errs)
}
