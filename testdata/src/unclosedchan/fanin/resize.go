package fanin

import (
	"fmt"
	"sync"
)

// Image is a picture in memory.
type Image struct {
	Name string
	W, H int
}

// Resize halves the images with a few workers and returns what went wrong.
func Resize(images []*Image, workers int) []error {
	work := make(chan *Image)
	failures := make(chan error)
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for img := range work {
				if img.W < 2 || img.H < 2 {
					failures <- fmt.Errorf("%s is too small", img.Name)
					continue
				}
				img.W, img.H = img.W/2, img.H/2
			}
		})
	}
	go func() {
		for _, img := range images {
			work <- img
		}
		close(work)
		wg.Wait()
	}()
	var errs []error
	for err := range failures { // want "range over failures never ends"
		errs = append(errs, err)
	}
	return errs
}

// ResizeFixed halves the images with a few workers and returns what went wrong.
func ResizeFixed(images []*Image, workers int) []error {
	work := make(chan *Image)
	failures := make(chan error)
	var wg sync.WaitGroup
	for range max(1, workers) {
		wg.Go(func() {
			for img := range work {
				if img.W < 2 || img.H < 2 {
					failures <- fmt.Errorf("%s is too small", img.Name)
					continue
				}
				img.W, img.H = img.W/2, img.H/2
			}
		})
	}
	go func() {
		for _, img := range images {
			work <- img
		}
		close(work)
		wg.Wait()
		close(failures)
	}()
	var errs []error
	for err := range failures {
		errs = append(errs, err)
	}
	return errs
}
