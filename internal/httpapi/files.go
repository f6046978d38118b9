package httpapi

import (
	"bytes"
	"context"
	"log/slog"
	"mime"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
)

// The kinds of files that are given and taken.
const (
	workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	csvType      = "text/csv; charset=utf-8"
	uploadType   = "application/octet-stream"
)

// download is a file for the caller to keep.
type download struct {
	name string
	body bytes.Buffer
}

// file answers with a file of a media type. It is whole before the first byte goes out, so that what is wrong with it is an
// ordinary problem.
func file[I any](media string, handler func(context.Context, *I) (*download, error)) endpoint {
	return endpoint{typed: func(api huma.API, op huma.Operation) {
		op.Responses = map[string]*huma.Response{strconv.Itoa(http.StatusOK): {
			Description: "A file",
			Content:     map[string]*huma.MediaType{media: {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}},
		}}
		typed(func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
			d, err := handler(ctx, in)
			if err != nil {
				return nil, err
			}
			return &huma.StreamResponse{Body: func(answer huma.Context) { d.send(ctx, answer, media) }}, nil
		}).typed(api, op)
	}}
}

func (d *download) send(ctx context.Context, answer huma.Context, media string) {
	answer.SetHeader("Content-Type", media)
	answer.SetHeader("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": d.name}))
	answer.SetStatus(http.StatusOK)
	if _, err := d.body.WriteTo(answer.BodyWriter()); err != nil && ctx.Err() == nil {
		slog.DebugContext(ctx, "answer was not received", slog.Any("error", err))
	}
}
