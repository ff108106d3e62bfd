import { type Image, imageSchema } from '@deployer/core/images.ts'
import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod'

const answerSchema = z.object({ images: z.array(imageSchema) })

/** ISOs and images on the storages that the caller may see. */
export const imagesQuery = queryOptions({
  queryKey: ['images'],
  queryFn: async ({ signal }): Promise<Image[]> => {
    const answer = await fetch('/api/v1/images', { signal })
    return answerSchema.parse(await answer.json()).images
  },
  staleTime: 30_000,
})
