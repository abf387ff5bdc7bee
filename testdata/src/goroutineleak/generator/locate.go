package generator

import (
	"context"
	"fmt"
)

// User is an account of the service.
type User struct {
	Login string
	Admin bool
}

// API lists users, a page at a time.
type API interface {
	List(ctx context.Context, page int) (users []User, more bool, err error)
}

// Pages sends the pages of the list, until the last one or an error.
func Pages(ctx context.Context, api API) (<-chan []User, <-chan error) {
	pages := make(chan []User)
	errs := make(chan error, 1)
	go func() {
		defer close(pages)
		for n := 0; ; n++ {
			users, more, err := api.List(ctx, n)
			if err != nil {
				errs <- err
				return
			}
			pages <- users // want "send on pages blocks for ever"
			if !more {
				return
			}
		}
	}()
	return pages, errs
}

// Locate returns the user with a login.
func Locate(api API, login string) (*User, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	pages, errs := Pages(ctx, api)
	for page := range pages {
		for _, u := range page {
			if u.Login == login {
				return &u, nil
			}
		}
	}
	select {
	case err := <-errs:
		return nil, err
	default:
		return nil, fmt.Errorf("no user %s", login)
	}
}

// PagesFixed sends the pages of the list, until the last one or an error.
func PagesFixed(ctx context.Context, api API) (<-chan []User, <-chan error) {
	pages := make(chan []User)
	errs := make(chan error, 1)
	go func() {
		defer close(pages)
		for n := 0; ; n++ {
			users, more, err := api.List(ctx, n)
			if err != nil {
				errs <- err
				return
			}
			select {
			case pages <- users:
			case <-ctx.Done():
				return
			}
			if !more {
				return
			}
		}
	}()
	return pages, errs
}

// LocateFixed returns the user with a login.
func LocateFixed(api API, login string) (*User, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	pages, errs := PagesFixed(ctx, api)
	for page := range pages {
		for _, u := range page {
			if u.Login == login {
				return &u, nil
			}
		}
	}
	select {
	case err := <-errs:
		return nil, err
	default:
		return nil, fmt.Errorf("no user %s", login)
	}
}
